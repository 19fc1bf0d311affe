"""现场记录: what happens beside the marks: times, hand-ins, absences, penalties, who competes no more."""

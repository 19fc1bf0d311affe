"""The competition store: tables, engine, upgrades and copies."""

"""Standings, result book and the reasons of a place."""

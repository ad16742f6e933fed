"""Grading: what a student's answers to an item earn, part by part."""

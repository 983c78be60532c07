"""Votes of raters whose truth is known: does the method find it?"""

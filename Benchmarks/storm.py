"""Solves a chain in PRISM's language with Storm: python3 storm.py MODEL.prism

Prints the share of time in the states labelled `down`, in the long run.
"""
import sys

import stormpy

program = stormpy.parse_prism_program(sys.argv[1], prism_compatibility=True)
formula = stormpy.parse_properties('LRA=? [ "down" ]', program)[0]
model = stormpy.build_model(program, [formula])
print(stormpy.model_checking(model, formula).get_value(model.initial_states[0]))

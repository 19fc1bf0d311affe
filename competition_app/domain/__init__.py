"""The rules: plain frozen values in, plain frozen values out."""

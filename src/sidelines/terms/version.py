"""The version of Sidelines, written once."""

VERSION = "0.1.0"

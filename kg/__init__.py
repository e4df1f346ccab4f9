"""Chinese official speeches → a knowledge graph whose every link shows the words it came from."""

from importlib.metadata import version

__version__ = version("speech-kg")

"""The letter factory: from a seed, a letter with its labels; from a folder, a whole request of made-up councils."""

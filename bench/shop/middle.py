"""The middle of several rounds."""
import statistics


def median_of(values):
    return statistics.median(list(values))


def median_round(rounds):
    """Each figure's median; they may stem from different rounds."""
    return {name: statistics.median(one[name] for one in rounds) for name in rounds[0]}

"""What people might type, made from the names of what is sold: none is a word list of its own."""
import random
import re


def queries(names, count, seed):
    """`count` different ones: words, pairs of words, compounds and misspellings of them."""
    dice = random.Random(seed)
    forms = [_word, _two_words, _beginning, _joined, _misspelt]
    found = {}
    for attempt in range(100 * count):
        words = re.findall(r"[^\W\d_]{3,}", dice.choice(names))
        made = forms[attempt % len(forms)](words, dice) if words else None
        if made:
            found.setdefault(made.lower())
        if len(found) == count:
            break
    return list(found)


def _word(words, dice):
    return dice.choice(words)


def _two_words(words, dice):
    return " ".join(dice.sample(words, 2)) if len(words) > 1 else None


def _beginning(words, dice):
    return " ".join(words[:dice.randint(2, 3)]) if len(words) > 2 else None


def _joined(words, _):
    """A compound as people write it in German: "Akku-Bohrschrauber" as one word."""
    return words[0] + words[1].lower() if len(words) > 1 else None


def _misspelt(words, dice):
    """One letter missing, doubled, wrong or swapped with the next, in a word of 6 or more."""
    long = [word for word in words if len(word) >= 6]
    if not long:
        return None
    word = dice.choice(long)
    at = dice.randint(1, len(word) - 2)
    return dice.choice([word[:at] + word[at + 1:],
                        word[:at] + word[at] + word[at:],
                        word[:at] + "e" + word[at + 1:],
                        word[:at] + word[at + 1] + word[at] + word[at + 2:]])

"""Several who act at the same moment."""

import threading


def at_once(*steps):
    """Take steps in as many threads; give their answers in the order of the steps."""
    answers = [None] * len(steps)

    def take(place, step):
        answers[place] = step()

    threads = [
        threading.Thread(target=take, args=[place, step])
        for place, step in enumerate(steps)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers

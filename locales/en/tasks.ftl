tasks-not-now = The task is not in a state in which this can be done.
tasks-changed-meanwhile = Somebody else has changed this task meanwhile. Read it again.

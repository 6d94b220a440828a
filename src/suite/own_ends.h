/*
 * The parent's ends of what it shares with its children: a pipe for each test, and the files in
 * which is kept what its programs print. They have numbers far above, so that a child closes those
 * of all tests at once. Below them, a child's descriptors are then side by side, as a script
 * expects that calls close_range(2).
 */
#ifndef TCPCLOSE_SUITE_OWN_ENDS_H
#define TCPCLOSE_SUITE_OWN_ENDS_H

/*
 * In the parent: gives the descriptor a number far above, and returns that. Where the limit of
 * descriptors does not allow it, or when fd is -1, the number stays as it is.
 */
int own_end(int fd);

/* In the child: closes what own_end() has moved. */
void own_ends_close(void);

#endif

/*
 * The client of the fourth document: it connects, sends BYTES bytes, waits, and ends in one of the
 * ways that the documents compare: close(), an exit without it, or an abort (SO_LINGER, 0).
 *
 *     waiting-client ADDRESS PORT BYTES SECONDS close|exit|abort
 */
#include "subject.h"

int main(int argc, char **argv)
{
	const struct linger none = { .l_onoff = 1, .l_linger = 0 };
	static char block[65536];

	if (argc != 6) {
		fprintf(stderr, "usage: %s ADDRESS PORT BYTES SECONDS close|exit|abort\n", argv[0]);
		return USAGE;
	}
	int fd = connect_to(argv[1], argv[2], 0);
	size_t bytes = (size_t)atoi(argv[3]) % sizeof(block);
	if (bytes && write(fd, block, bytes) != (ssize_t)bytes)
		fail("write");
	nap(atof(argv[4]));
	if (!strcmp(argv[5], "abort") &&
	    setsockopt(fd, SOL_SOCKET, SO_LINGER, &none, sizeof(none)) != 0)
		fail("SO_LINGER");
	if (strcmp(argv[5], "exit"))
		close(fd);
	return FINE;
}

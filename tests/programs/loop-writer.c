/*
 * The client of the first document: it connects, with a very small receive buffer, writes a block
 * in a loop, and ends in one of the ways that the document compares.
 *
 *     loop-writer ADDRESS PORT BYTES COUNT close|exit|stay
 */
#include "subject.h"

int main(int argc, char **argv)
{
	static char block[65536];

	if (argc != 6) {
		fprintf(stderr, "usage: %s ADDRESS PORT BYTES COUNT close|exit|stay\n", argv[0]);
		return USAGE;
	}
	signal(SIGPIPE, SIG_IGN);
	int fd = connect_to(argv[1], argv[2], 1000);
	size_t bytes = (size_t)atoi(argv[3]) % sizeof(block);
	for (int i = atoi(argv[4]); i > 0; i--)
		if (write(fd, block, bytes) < 0)
			fail("write");
	if (!strcmp(argv[5], "close"))
		close(fd);
	if (!strcmp(argv[5], "stay"))
		nap(60);
	return FINE;
}

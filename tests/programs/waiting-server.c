/*
 * The server of the fourth document: it reads until the end of the stream, waits, and closes.
 *
 *     waiting-server PORT SECONDS
 */
#include "subject.h"

int main(int argc, char **argv)
{
	char block[1000];
	ssize_t n;

	if (argc != 3) {
		fprintf(stderr, "usage: %s PORT SECONDS\n", argv[0]);
		return USAGE;
	}
	int fd = accept_one(argv[1], 0);
	while ((n = read(fd, block, sizeof(block))) > 0)
		;
	if (n < 0)
		fail("read");
	nap(atof(argv[2]));
	close(fd);
	return FINE;
}

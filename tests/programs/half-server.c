/*
 * The server of the fourth document: it reads until the end of the stream, sends the rest half a
 * second later, and closes half a second after that.
 *
 *     half-server PORT
 */
#include "subject.h"

int main(int argc, char **argv)
{
	char block[1000];
	ssize_t n;

	if (argc != 2) {
		fprintf(stderr, "usage: %s PORT\n", argv[0]);
		return USAGE;
	}
	signal(SIGPIPE, SIG_IGN);
	int fd = accept_one(argv[1], 0);
	while ((n = read(fd, block, sizeof(block))) > 0)
		;
	if (n < 0)
		fail("read");
	nap(0.5);
	if (write(fd, "still here\n", 11) != 11)
		fail("write");
	nap(0.5);
	close(fd);
	return FINE;
}

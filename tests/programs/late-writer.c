/*
 * A server that shuts down its sending side but still writes, half a second later, and does not
 * care about SIGPIPE.
 *
 *     late-writer PORT
 */
#include "subject.h"

int main(int argc, char **argv)
{
	if (argc != 2) {
		fprintf(stderr, "usage: %s PORT\n", argv[0]);
		return USAGE;
	}
	signal(SIGPIPE, SIG_DFL);
	int fd = accept_one(argv[1], 0);
	if (shutdown(fd, SHUT_WR) != 0)
		fail("shutdown");
	nap(0.5);
	if (write(fd, "x", 1) < 0)
		fail("write");
	return FINE;
}

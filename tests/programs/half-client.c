/*
 * The client of the fourth document, which closes its half: it connects, waits half a second, shuts
 * down its sending side, and reads until the end of the stream. It ends with SHORT when it gets no
 * byte.
 *
 *     half-client ADDRESS PORT
 */
#include "subject.h"

int main(int argc, char **argv)
{
	char block[1000];
	long total = 0;
	ssize_t n;

	if (argc != 3) {
		fprintf(stderr, "usage: %s ADDRESS PORT\n", argv[0]);
		return USAGE;
	}
	int fd = connect_to(argv[1], argv[2], 0);
	nap(0.5);
	if (shutdown(fd, SHUT_WR) != 0)
		fail("shutdown");
	while ((n = read(fd, block, sizeof(block))) > 0)
		total += n;
	if (n < 0)
		fail("read");
	close(fd);
	return total ? FINE : SHORT;
}

/*
 * A server that uses select(): it waits until the connection can be read, and checks in which of
 * the three sets the descriptor is then.
 *
 *     selector PORT
 */
#include "subject.h"

#include <sys/select.h>

int main(int argc, char **argv)
{
	struct timeval none = { 0, 0 };

	fd_set read_set, write_set, except_set;
	if (argc != 2) {
		fprintf(stderr, "usage: %s PORT\n", argv[0]);
		return USAGE;
	}
	int fd = accept_one(argv[1], 0);
	FD_ZERO(&read_set);
	FD_SET(fd, &read_set);
	if (select(fd + 1, &read_set, NULL, NULL, NULL) < 0)
		fail("select");
	write_set = except_set = read_set;
	if (select(fd + 1, &read_set, &write_set, &except_set, &none) < 0)
		fail("select");
	if (!FD_ISSET(fd, &read_set) || !FD_ISSET(fd, &write_set) || FD_ISSET(fd, &except_set))
		return BROKEN;
	return FINE;
}

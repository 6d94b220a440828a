/*
 * The servers of the first document. It accepts a connection, with a very small send buffer, and
 * reads 100 bytes at a time until the end of the stream. With WRITES it then continues to write, as
 * the document's second server does. When a write fails, it ends with 10 plus the number of writes
 * that succeeded; when other than BYTES bytes came, it ends with SHORT
 * (BYTES of -1: any number is right).
 *
 *     slow-reader PORT BYTES PAUSE_MS WRITES
 */
#include "subject.h"

int main(int argc, char **argv)
{
	char block[100];
	long total = 0;
	ssize_t n;

	if (argc != 5) {
		fprintf(stderr, "usage: %s PORT BYTES PAUSE_MS WRITES\n", argv[0]);
		return USAGE;
	}
	signal(SIGPIPE, SIG_IGN);
	int fd = accept_one(argv[1], 200);
	while ((n = read(fd, block, sizeof(block))) > 0) {
		total += n;
		nap(atoi(argv[3]) / 1000.0);
	}
	if (n < 0)
		fail("read");
	for (int i = 0; i < atoi(argv[4]); i++) {
		if (write(fd, block, sizeof(block)) < 0)
			return 10 + i;
		nap(0.05);
	}
	close(fd);
	return total == atol(argv[2]) || atol(argv[2]) < 0 ? FINE : SHORT;
}

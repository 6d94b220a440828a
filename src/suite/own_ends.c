#include "suite/own_ends.h"

#include <fcntl.h>
#include <unistd.h>

enum { FIRST = 512 };

int own_end(int fd)
{
	int moved = fd < 0 ? -1 : fcntl(fd, F_DUPFD_CLOEXEC, FIRST);

	if (moved < 0)
		return fd;
	close(fd);
	return moved;
}

void own_ends_close(void)
{
	close_range(FIRST, ~0U, 0);
}

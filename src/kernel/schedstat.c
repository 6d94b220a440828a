#include "kernel/schedstat.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int schedstat_open(void)
{
	return open("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC);
}

usec_t schedstat_waited(int fd)
{
	char text[96];
	ssize_t length = fd < 0 ? -1 : pread(fd, text, sizeof(text) - 1, 0);
	const char *second;

	if (length <= 0)
		return 0;
	text[length] = '\0';
	second = strchr(text, ' ');
	return second ? strtoll(second, NULL, 10) / NSEC_PER_USEC : 0;
}

usec_t schedstat_family_waited(pid_t pid)
{
	char path[64], children[1024];

	usec_t waited;
	ssize_t length;
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/schedstat", (int)pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	waited = schedstat_waited(fd);
	if (fd >= 0)
		close(fd);
	snprintf(path, sizeof(path), "/proc/%d/task/%d/children", (int)pid, (int)pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return waited;
	length = read(fd, children, sizeof(children) - 1);
	close(fd);
	children[length > 0 ? length : 0] = '\0';
	for (char *at = children, *end; (pid = (pid_t)strtol(at, &end, 10)) > 0; at = end)
		waited += schedstat_family_waited(pid);
	return waited;
}

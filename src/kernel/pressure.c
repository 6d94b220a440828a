#include "kernel/pressure.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

usec_t pressure_total(void)
{
	char text[256];
	int file = open("/proc/pressure/cpu", O_RDONLY | O_CLOEXEC);
	ssize_t length = file < 0 ? -1 : read(file, text, sizeof(text) - 1);

	if (file >= 0)
		close(file);
	if (length <= 0)
		return -1;
	text[length] = '\0';
	/* the line is "some avg10=0.00 avg60=0.00 avg300=0.00 total=123", in microseconds */
	const char *total = strstr(text, "total=");
	return total ? strtoll(total + strlen("total="), NULL, 10) : -1;
}

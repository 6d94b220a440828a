#include "author/save.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What mkstemp(3) does not give: the mode that the old file has, or that a new one gets. */
static void set_mode(int fd, const char *path)
{
	struct stat info;
	mode_t mask = umask(0);

	umask(mask);
	fchmod(fd, stat(path, &info) == 0 ? info.st_mode & 07777 : 0666 & ~mask);
}

static bool write_beside(int fd, const char *text)
{
	FILE *file = fdopen(fd, "w");
	bool good;

	if (!file) {
		close(fd);
		return false;
	}
	good = fputs(text, file) >= 0 && fflush(file) == 0 && fsync(fd) == 0;
	return fclose(file) == 0 && good;
}

bool save_text(const char *path, const char *text)
{
	char beside[PATH_MAX], target[PATH_MAX];
	int error;

	if (!path)
		return fputs(text, stdout) >= 0 && fflush(stdout) == 0;
	/* A link stays one: what it points to is replaced. */
	if (!realpath(path, target))
		snprintf(target, sizeof(target), "%s", path);
	if (snprintf(beside, sizeof(beside), "%s.XXXXXX", target) >= (int)sizeof(beside)) {
		errno = ENAMETOOLONG;
		return false;
	}
	int fd = mkstemp(beside);
	if (fd < 0)
		return false;
	set_mode(fd, target);
	if (write_beside(fd, text) && rename(beside, target) == 0)
		return true;
	error = errno;
	unlink(beside);
	errno = error;
	return false;
}

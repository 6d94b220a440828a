#include "base/save.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * mkstemp(3) makes a private file. This gives it the mode of the old file, or the mode that a new
 * file would get.
 */
static void set_mode(int fd, const char *path)
{
	struct stat old;
	mode_t mask = umask(0);

	umask(mask);
	/* If this is refused, the new file is only more private than the old one. */
	if (fchmod(fd, stat(path, &old) == 0 ? old.st_mode & 07777 : 0666 & ~mask) != 0)
		return;
}

/* Writes the text and closes the file, whether or not writing worked. */
static bool write_and_close(int fd, const char *text)
{
	FILE *file = fdopen(fd, "w");

	if (!file) {
		close(fd);
		return false;
	}
	bool good = fputs(text, file) >= 0 && fflush(file) == 0 && fsync(fd) == 0;
	return fclose(file) == 0 && good;
}

bool save_text(const char *path, const char *text)
{
	char beside[PATH_MAX], target[PATH_MAX];

	if (!path || !strcmp(path, "-"))
		return fputs(text, stdout) >= 0 && fflush(stdout) == 0;
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
	if (write_and_close(fd, text) && rename(beside, target) == 0)
		return true;
	int error = errno;
	unlink(beside);
	errno = error;
	return false;
}

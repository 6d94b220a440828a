#include "base/save.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * What mkstemp(3) does not give: the owner and the mode that the old file has, or the mode that a
 * new one would get. Where this is refused the file is more private than before, which does no
 * harm.
 */
static bool take_after(int fd, const char *path)
{
	struct stat old;
	mode_t mask = umask(0);

	umask(mask);
	if (stat(path, &old) != 0)
		return fchmod(fd, 0666 & ~mask) == 0;
	return fchown(fd, old.st_uid, old.st_gid) == 0 && fchmod(fd, old.st_mode & 07777) == 0;
}

/* Writes the text and closes the file, whether or not writing worked. */
static bool write_and_close(int fd, const char *text)
{
	FILE *file = fdopen(fd, "w");

	if (!file) {
		close(fd);
		return false;
	}
	/* A pipe or a device has nothing to bring to a disk, and says EINVAL. */
	bool good =
		fputs(text, file) >= 0 && fflush(file) == 0 && (fsync(fd) == 0 || errno == EINVAL);
	return fclose(file) == 0 && good;
}

/* A device, a pipe: it must be written into. To put a file in its place would destroy it. */
static bool is_no_file(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 && !S_ISREG(status.st_mode);
}

static bool write_into(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	return fd >= 0 && write_and_close(fd, text);
}

bool save_text(const char *path, const char *text)
{
	char beside[PATH_MAX], target[PATH_MAX];

	if (!path || !strcmp(path, "-"))
		return fputs(text, stdout) >= 0 && fflush(stdout) == 0;
	if (is_no_file(path))
		return write_into(path, text);
	if (!realpath(path, target))
		snprintf(target, sizeof(target), "%s", path);
	if (snprintf(beside, sizeof(beside), "%s.XXXXXX", target) >= (int)sizeof(beside)) {
		errno = ENAMETOOLONG;
		return false;
	}
	int fd = mkstemp(beside);
	if (fd < 0)
		return false;
	take_after(fd, target);
	if (write_and_close(fd, text) && rename(beside, target) == 0)
		return true;
	int error = errno;
	unlink(beside);
	errno = error;
	return false;
}

void save_failed(const char *path, FILE *messages)
{
	bool to_file = path && strcmp(path, "-");

	fprintf(messages, "%s: cannot be written: %s\n", to_file ? path : "standard output",
	        strerror(errno));
}

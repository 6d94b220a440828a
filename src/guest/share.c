#include "guest/share.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool share_write(struct arena *arena, const char *folder, const char *file, const char *const *list)
{
	const char *path = arena_printf(arena, "%s/%s", folder, file);
	const char *unfinished = arena_printf(arena, "%s.new", path);
	FILE *out = fopen(unfinished, "we");

	if (!out)
		return false;
	for (; *list; list++)
		fwrite(*list, 1, strlen(*list) + 1, out);
	bool good = !ferror(out);
	good &= fclose(out) == 0;
	return good && rename(unfinished, path) == 0;
}

static const char **split(struct arena *arena, const char *text, size_t length, size_t *count)
{
	size_t texts = 0;

	for (size_t i = 0; i < length; i++)
		texts += text[i] == '\0';
	const char **list = arena_alloc(arena, (texts + 1) * sizeof(*list));
	for (size_t i = 0; i < texts; i++, text += strlen(text) + 1)
		list[i] = text;
	if (count)
		*count = texts;
	return list;
}

const char **share_read(struct arena *arena, const char *folder, const char *file, size_t *count)
{
	struct stat status;
	FILE *in = fopen(arena_printf(arena, "%s/%s", folder, file), "re");

	if (!in)
		return NULL;
	if (fstat(fileno(in), &status) != 0) {
		fclose(in);
		return NULL;
	}
	size_t size = (size_t)status.st_size;
	char *text = arena_alloc(arena, size + 1);
	size_t length = fread(text, 1, size, in);
	fclose(in);
	return split(arena, text, length, count);
}

bool share_fetch(struct arena *arena, const char *folder, const char *file, const char *to)
{
	char bytes[65536];
	ssize_t length = 0;
	int in = open(arena_printf(arena, "%s/%s", folder, file), O_RDONLY | O_CLOEXEC);
	int out = in < 0 ? -1 : open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	bool good = out >= 0;

	while (good && (length = read(in, bytes, sizeof(bytes))) > 0)
		good = write(out, bytes, (size_t)length) == length;
	int error = errno;
	if (in >= 0)
		close(in);
	if (out >= 0)
		good &= close(out) == 0;
	errno = error;
	return good && length == 0;
}

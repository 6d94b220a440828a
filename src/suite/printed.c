#include "suite/printed.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "suite/own_ends.h"

enum { SHOWN = 2000 }; /* how many bytes of each kind a report shows */

void printed_begin(struct printed *printed)
{
	printed->out = own_end(memfd_create("printed", MFD_CLOEXEC));
	printed->err = own_end(memfd_create("printed", MFD_CLOEXEC));
	printed->kept = printed->out >= 0 && printed->err >= 0;
}

void printed_take(const struct printed *printed)
{
	if (!printed->kept)
		return;
	dup2(printed->out, STDOUT_FILENO);
	dup2(printed->err, STDERR_FILENO);
}

static void hand_on(int from, int to)
{
	char bytes[16384];
	off_t at = 0;
	ssize_t length;

	for (; (length = pread(from, bytes, sizeof(bytes), at)) > 0; at += length)
		for (ssize_t done = 0, more; done < length; done += more) {
			more = write(to, bytes + done, (size_t)(length - done));
			if (more <= 0)
				return;
		}
}

/* The last lines, as far as there is room. */
static const char *end_of(int from, struct arena *arena)
{
	off_t size = lseek(from, 0, SEEK_END), at = size > SHOWN ? size - SHOWN : 0;
	char bytes[SHOWN], *begin = bytes;
	ssize_t length = size > 0 ? pread(from, bytes, sizeof(bytes), at) : 0;
	const char *line = at && length > 0 ? memchr(bytes, '\n', (size_t)length) : NULL;

	if (length <= 0)
		return "";
	if (line)
		begin += line + 1 - bytes;
	length -= begin - bytes;
	while (length && begin[length - 1] == '\n')
		length--;
	return arena_strndup(arena, begin, (size_t)length);
}

const char *printed_end(struct printed *printed, int out, struct arena *arena)
{
	const char *first = "", *second = "";

	if (printed->kept) {
		hand_on(printed->out, out);
		hand_on(printed->err, STDERR_FILENO);
		first = end_of(printed->out, arena);
		second = end_of(printed->err, arena);
	}
	if (printed->out >= 0)
		close(printed->out);
	if (printed->err >= 0)
		close(printed->err);
	printed->kept = false;
	if (!*first && !*second)
		return NULL;
	return arena_printf(arena, "%s%s%s", first, *first && *second ? "\n" : "", second);
}

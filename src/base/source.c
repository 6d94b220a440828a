#include "base/source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct text {
	struct source_text shown;
	struct text *previous;
	/* For an inner text (see sources_add_inner()): the range that it stands for; else {0,0}. */
	struct range origin;
	uint32_t *line_starts; /* NULL until a line is asked for */
	uint32_t line_count;
};

struct sources {
	struct arena *arena;
	struct text *newest;
	uint32_t next_base;
	bool sealed;
};

struct sources *sources_new(struct arena *arena)
{
	struct sources *sources = arena_alloc(arena, sizeof(*sources));

	sources->arena = arena;
	sources->next_base = 1;
	return sources;
}

/* Between two texts one offset stays free: it is the place of the end of the first one. */
static bool has_room(const struct sources *sources, size_t length)
{
	return length + 1 <= UINT32_MAX - sources->next_base;
}

static const char *refusal(const struct sources *sources, const char *text, size_t length)
{
	if (length > SOURCE_MAX_BYTES)
		return "it is too large for a script";
	if (memchr(text, '\0', length))
		return "it holds a NUL byte, so it is no text";
	if (!has_room(sources, length))
		return "all scripts together are too large";
	return NULL;
}

/* Does not copy the strings. */
static const struct source_text *add(struct sources *sources, const char *path, const char *text,
                                     size_t length)
{
	struct text *added = arena_alloc(sources->arena, sizeof(*added));

	added->shown.path = path;
	added->shown.text = text;
	added->shown.length = (uint32_t)length;
	added->shown.base = sources->next_base;
	added->previous = sources->newest;
	sources->newest = added;
	sources->next_base += (uint32_t)length + 1;
	return &added->shown;
}

const struct source_text *sources_add(struct sources *sources, const char *path, const char *text,
                                      size_t length)
{
	if (refusal(sources, text, length))
		return NULL;
	return add(sources, arena_strdup(sources->arena, path),
	           arena_strndup(sources->arena, text, length), length);
}

const struct source_text *sources_share(struct sources *sources, const struct source_text *text)
{
	if (!has_room(sources, text->length))
		return NULL;
	return add(sources, text->path, text->text, text->length);
}

static struct text *text_at(const struct sources *sources, uint32_t offset)
{
	for (struct text *text = sources->newest; text; text = text->previous)
		if (offset >= text->shown.base)
			return offset - text->shown.base <= text->shown.length ? text : NULL;
	return NULL;
}

const struct source_text *sources_add_inner(struct sources *sources, struct range origin,
                                            const char *text, size_t length)
{
	struct text *outer = text_at(sources, origin.begin);

	if (!outer || !sources_add(sources, outer->shown.path, text, length))
		return NULL;
	sources->newest->origin = origin;
	return &sources->newest->shown;
}

/*
 * Reads a whole file, but at most one byte more than is allowed. Returns NULL with errno on an
 * error. The caller frees the result.
 */
static char *slurp(int fd, size_t *length)
{
	size_t size = 16 << 10;
	char *bytes = malloc(size);
	ssize_t n = 0;

	for (*length = 0; bytes && *length <= SOURCE_MAX_BYTES; *length += (size_t)n) {
		if (*length == size) {
			char *larger = realloc(bytes, size *= 2);

			if (!larger)
				free(bytes);
			bytes = larger;
			if (!bytes)
				break;
		}
		do
			n = read(fd, bytes + *length, size - *length);
		while (n < 0 && errno == EINTR);
		if (n <= 0)
			break;
	}
	if (bytes && n < 0) {
		int error = errno;

		free(bytes);
		bytes = NULL;
		errno = error;
	}
	return bytes;
}

/* Some editors begin a text in UTF-8 with a byte order mark. It is skipped. */
static size_t bom_length(const char *bytes, size_t length)
{
	return length >= 3 && !memcmp(bytes, "\xef\xbb\xbf", 3) ? 3 : 0;
}

/* Reads everything from `fd`, and closes it unless it is standard input. */
static const struct source_text *read_all(struct sources *sources, const char *path, int fd,
                                          const char **why)
{
	const struct source_text *added = NULL;
	size_t length;
	char *bytes = slurp(fd, &length);

	if (!bytes)
		*why = arena_strdup(sources->arena, strerror(errno));
	else if (!(*why = refusal(sources, bytes, length)))
		added = sources_add(sources, path, bytes + bom_length(bytes, length),
		                    length - bom_length(bytes, length));
	free(bytes);
	if (fd != STDIN_FILENO)
		close(fd);
	return added;
}

const struct source_text *sources_read(struct sources *sources, const char *path, const char **why)
{
	int fd;

	*why = "no more files are read";
	if (sources->sealed)
		return NULL;
	if (!strcmp(path, "-"))
		return read_all(sources, "<stdin>", STDIN_FILENO, why);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd >= 0)
		return read_all(sources, path, fd, why);
	*why = arena_strdup(sources->arena, strerror(errno));
	return NULL;
}

/* O_NONBLOCK: opening a FIFO does not wait until somebody writes to it. */
const struct source_text *sources_include(struct sources *sources, const char *path,
                                          const char **why)
{
	struct stat info;
	int fd;

	*why = "no more files are read";
	if (sources->sealed)
		return NULL;
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd >= 0 && fstat(fd, &info) == 0 && S_ISREG(info.st_mode))
		return read_all(sources, path, fd, why);
	*why = fd >= 0 ? "it is no regular file" : arena_strdup(sources->arena, strerror(errno));
	if (fd >= 0)
		close(fd);
	return NULL;
}

void sources_seal(struct sources *sources)
{
	sources->sealed = true;
}

static void index_lines(struct arena *arena, struct text *text)
{
	const char *begin = text->shown.text, *end = begin + text->shown.length;
	uint32_t count = 1;

	for (const char *p = begin; (p = memchr(p, '\n', (size_t)(end - p))); p++)
		count++;
	text->line_starts = arena_alloc(arena, count * sizeof(*text->line_starts));
	count = 1;
	for (const char *p = begin; (p = memchr(p, '\n', (size_t)(end - p))); p++)
		text->line_starts[count++] = (uint32_t)(p + 1 - begin);
	/* What follows the last newline is a line only when it is not empty. */
	if (count > 1 && text->line_starts[count - 1] == text->shown.length)
		count--;
	text->line_count = count;
}

/* Returns the index of the last line that starts at or before `at`. */
static uint32_t line_of(const struct text *text, uint32_t at)
{
	uint32_t low = 0, high = text->line_count;

	while (high - low > 1) {
		uint32_t middle = low + (high - low) / 2;

		if (text->line_starts[middle] <= at)
			low = middle;
		else
			high = middle;
	}
	return low;
}

static unsigned line_length(const struct text *text, uint32_t start)
{
	const char *line = text->shown.text + start;
	const char *newline = memchr(line, '\n', text->shown.length - start);
	uint32_t length = newline ? (uint32_t)(newline - line) : text->shown.length - start;

	return length > 0 && line[length - 1] == '\r' ? length - 1 : length;
}

/* Fills in everything but the path. */
static void locate_within(const struct sources *sources, struct text *text, uint32_t offset,
                          struct location *location)
{
	uint32_t line, start, column;

	if (!text->line_starts)
		index_lines(sources->arena, text);
	line = line_of(text, offset - text->shown.base);
	start = text->line_starts[line];
	column = offset - text->shown.base - start;
	location->line = line + 1;
	location->line_text = text->shown.text + start;
	location->line_length = line_length(text, start);
	location->column = 1 + (column < location->line_length ? column : location->line_length);
}

const struct source_text *sources_file(const struct sources *sources, size_t index)
{
	const struct text *found = NULL;
	size_t count = 0;

	for (const struct text *text = sources->newest; text; text = text->previous)
		count += !text->origin.end;
	for (const struct text *text = sources->newest; text && index < count;
	     text = text->previous)
		if (!text->origin.end && count-- - 1 == index) {
			found = text;
			break;
		}
	return found ? &found->shown : NULL;
}

bool sources_locate(const struct sources *sources, uint32_t offset, struct location *location)
{
	struct text *text = text_at(sources, offset);

	while (text && text->origin.end) {
		offset = text->origin.begin;
		text = text_at(sources, offset);
	}
	if (!text)
		return false;
	location->path = text->shown.path;
	locate_within(sources, text, offset, location);
	return true;
}

bool sources_origin(const struct sources *sources, uint32_t offset, struct range *origin,
                    const struct source_text **inner)
{
	const struct text *text = text_at(sources, offset);

	if (!text || !text->origin.end)
		return false;
	*origin = text->origin;
	*inner = &text->shown;
	return true;
}

const char *sources_written(const struct sources *sources, struct range range, size_t *length)
{
	const struct text *text = text_at(sources, range.begin);
	size_t left;

	if (!text)
		return NULL;
	left = text->shown.length - (range.begin - text->shown.base);
	*length = range.end - range.begin < left ? range.end - range.begin : left;
	return text->shown.text + (range.begin - text->shown.base);
}

/* ---- the excerpt ---- */

enum { INDENT = 4, SHOWN_MAX = 160, SHOWN_BEFORE = 60 };

/* The part of a line that is shown. */
struct excerpt {
	const char *line;
	size_t from, to;
	size_t begin, end;
};

static bool is_continuation(char byte)
{
	return ((unsigned char)byte & 0xc0) == 0x80;
}

/*
 * Returns how many bytes the character at `text` has. *printable is false when '?' is shown for it.
 */
static size_t character_length(const char *text, size_t left, bool *printable)
{
	unsigned char first = (unsigned char)text[0];
	size_t length = first < 0x80   ? 1
	                : first < 0xc2 ? 0
	                : first < 0xe0 ? 2
	                : first < 0xf0 ? 3
	                : first < 0xf5 ? 4
	                               : 0;

	*printable = false;
	if (length == 0 || length > left)
		return 1;
	for (size_t i = 1; i < length; i++)
		if (!is_continuation(text[i]))
			return 1;
	if (length == 1)
		*printable = first == '\t' || (first >= 0x20 && first != 0x7f);
	else /* U+0080 to U+009F are control characters, too */
		*printable = first != 0xc2 || (unsigned char)text[1] >= 0xa0;
	return length;
}

static void print_line(const struct excerpt *shown, bool cut_after, FILE *out)
{
	size_t length;
	bool printable;

	fprintf(out, "%*s%s", INDENT, "", shown->from > 0 ? "..." : "");
	for (size_t i = shown->from; i < shown->to; i += length) {
		length = character_length(shown->line + i, shown->to - i, &printable);
		if (printable)
			fwrite(shown->line + i, 1, length, out);
		else
			fputc('?', out);
	}
	fputs(cut_after ? "...\n" : "\n", out);
}

static void print_underline(const struct excerpt *shown, FILE *out)
{
	bool printable, pointed = false;
	size_t length;

	fprintf(out, "%*s", INDENT + (shown->from > 0 ? 3 : 0), "");
	for (size_t i = shown->from; i < shown->to; i += length) {
		bool tab = shown->line[i] == '\t';

		length = character_length(shown->line + i, shown->to - i, &printable);
		if (i + length <= shown->begin)
			fputc(tab ? '\t' : ' ', out);
		else if (!pointed)
			fputc('^', out);
		else if (i < shown->end)
			fputc('~', out);
		else
			break;
		pointed = pointed || i + length > shown->begin;
	}
	fputs(pointed ? "\n" : "^\n", out);
}

void sources_print_excerpt(const struct sources *sources, struct range range, FILE *out)
{
	struct text *text = text_at(sources, range.begin);
	struct location at;
	struct excerpt shown;

	if (!text)
		return;
	locate_within(sources, text, range.begin, &at);
	shown.line = at.line_text;
	shown.begin = at.column - 1;
	shown.end = shown.begin + (range.end > range.begin ? range.end - range.begin : 0);
	shown.from = 0;
	shown.to = at.line_length;
	if (shown.to > SHOWN_MAX) {
		if (shown.begin > SHOWN_BEFORE)
			shown.from = shown.begin - SHOWN_BEFORE;
		if (shown.to - shown.from > SHOWN_MAX)
			shown.to = shown.from + SHOWN_MAX;
		while (shown.from > 0 && is_continuation(shown.line[shown.from]))
			shown.from--;
		while (shown.to < at.line_length && is_continuation(shown.line[shown.to]))
			shown.to++;
	}
	print_line(&shown, shown.to < at.line_length, out);
	print_underline(&shown, out);
}

/*
 * Finds the longest common subsequence of the lines with the usual table, because scripts are
 * short. Lines at the beginning and at the end that are equal are not put into the table.
 */
#include "author/diff.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"

enum { AROUND = 3 };

struct lines {
	const char **list;
	size_t count;
};

/*
 * A line of the result. It is in both texts (' '), in the old one ('-'), or in the new one ('+').
 */
struct mark {
	char sign;
	const char *line;
};

struct marks {
	struct mark *list;
	size_t count;
};

static size_t line_length(const char *line)
{
	return strcspn(line, "\n");
}

static struct lines cut(const char *text, struct arena *arena)
{
	struct lines lines = { NULL, 0 };
	size_t count = 1;

	for (const char *p = text; *p; p++)
		count += *p == '\n';
	lines.list = arena_alloc(arena, count * sizeof(*lines.list));
	while (*text) {
		lines.list[lines.count++] = text;
		text += line_length(text);
		text += *text == '\n';
	}
	return lines;
}

static bool same(const char *a, const char *b)
{
	size_t length = line_length(a);

	return length == line_length(b) && !memcmp(a, b, length) &&
	       (a[length] == '\n') == (b[length] == '\n');
}

static void mark(struct marks *marks, char sign, const char *line)
{
	marks->list[marks->count++] = (struct mark){ sign, line };
}

/*
 * length[i][k] is the length of the longest common subsequence of what is behind i in one text and
 * behind k in the other.
 */
static uint32_t *lengths(const char **a, size_t n, const char **b, size_t m, struct arena *arena)
{
	uint32_t *table = arena_alloc(arena, (n + 1) * (m + 1) * sizeof(*table));

	for (size_t i = n; i-- > 0;)
		for (size_t k = m; k-- > 0;) {
			uint32_t down = table[(i + 1) * (m + 1) + k],
				 right = table[i * (m + 1) + k + 1];

			table[i * (m + 1) + k] = same(a[i], b[k])
			                                 ? table[(i + 1) * (m + 1) + k + 1] + 1
			                         : down > right ? down
			                                        : right;
		}
	return table;
}

static void mark_middle(struct marks *marks, const char **a, size_t n, const char **b, size_t m,
                        struct arena *arena)
{
	const uint32_t *table = lengths(a, n, b, m, arena);
	size_t i = 0, k = 0;

	while (i < n || k < m)
		if (i < n && k < m && same(a[i], b[k]))
			mark(marks, ' ', a[i]), i++, k++;
		else if (i < n &&
		         (k == m || table[(i + 1) * (m + 1) + k] >= table[i * (m + 1) + k + 1]))
			mark(marks, '-', a[i++]);
		else
			mark(marks, '+', b[k++]);
}

static void compare(const struct lines *a, const struct lines *b, struct marks *marks,
                    struct arena *arena)
{
	size_t front = 0, end = 0;

	while (front < a->count && front < b->count && same(a->list[front], b->list[front]))
		front++;
	while (end < a->count - front && end < b->count - front &&
	       same(a->list[a->count - 1 - end], b->list[b->count - 1 - end]))
		end++;
	for (size_t i = 0; i < front; i++)
		mark(marks, ' ', a->list[i]);
	mark_middle(marks, a->list + front, a->count - front - end, b->list + front,
	            b->count - front - end, arena);
	for (size_t i = a->count - end; i < a->count; i++)
		mark(marks, ' ', a->list[i]);
}

/* ---- printing ---- */

static bool is_near_change(const struct marks *marks, size_t at)
{
	size_t first = at > AROUND ? at - AROUND : 0;

	for (size_t i = first; i < marks->count && i <= at + AROUND; i++)
		if (marks->list[i].sign != ' ')
			return true;
	return false;
}

static size_t count_of(const struct marks *marks, size_t from, size_t to, char sign)
{
	size_t count = 0;

	for (size_t i = from; i < to; i++)
		count += marks->list[i].sign == ' ' || marks->list[i].sign == sign;
	return count;
}

/* "-3,7". When there are no lines, the place is behind the line that is named. */
static void print_span(char sign, size_t before, size_t count, FILE *out)
{
	fprintf(out, "%c%zu,%zu", sign, count ? before + 1 : before, count);
}

static void print_hunk(const struct marks *marks, size_t from, size_t to, FILE *out)
{
	fputs("@@ ", out);
	print_span('-', count_of(marks, 0, from, '-'), count_of(marks, from, to, '-'), out);
	fputc(' ', out);
	print_span('+', count_of(marks, 0, from, '+'), count_of(marks, from, to, '+'), out);
	fputs(" @@\n", out);
	for (size_t i = from; i < to; i++) {
		const char *line = marks->list[i].line;
		size_t length = line_length(line);

		fprintf(out, "%c%.*s\n", marks->list[i].sign, (int)length, line);
		if (line[length] != '\n')
			fputs("\\ No newline at end of file\n", out);
	}
}

void diff_print(const char *path, const char *before, const char *after, FILE *out)
{
	struct arena *arena = arena_new();
	struct lines a = cut(before, arena), b = cut(after, arena);
	struct marks marks = { arena_alloc(arena, (a.count + b.count + 1) * sizeof(struct mark)),
		               0 };

	compare(&a, &b, &marks, arena);
	fprintf(out, "--- %s\n+++ %s\n", path, path);
	for (size_t i = 0, end; i < marks.count; i = end) {
		for (end = i; end < marks.count && is_near_change(&marks, end);)
			end++;
		if (end > i)
			print_hunk(&marks, i, end, out);
		else
			end++;
	}
	arena_free(arena);
}

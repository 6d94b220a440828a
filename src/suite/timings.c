#include "suite/timings.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct timing {
	const char *name;
	usec_t wall;
	size_t number; /* of two with the same name, the later one counts */
};

struct timings {
	struct arena *arena;
	struct timing *list;
	size_t count, room;
	bool sorted; /* by name, and each name is there once */
};

struct timings *timings_new(struct arena *arena)
{
	struct timings *timings = arena_alloc(arena, sizeof(*timings));

	timings->arena = arena;
	return timings;
}

void timings_add(struct timings *timings, const char *name, usec_t wall)
{
	timings->list = arena_grown(timings->arena, timings->list, timings->count, &timings->room,
	                            sizeof(*timings->list));
	timings->list[timings->count] = (struct timing){
		arena_strdup(timings->arena, name),
		wall,
		timings->count,
	};
	timings->count++;
	timings->sorted = false;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct timing *)a)->name, ((const struct timing *)b)->name);
}

static int by_name_and_age(const void *a, const void *b)
{
	const struct timing *x = a, *y = b;
	int order = by_name(a, b);

	return order ? order : (x->number > y->number) - (x->number < y->number);
}

static void sort(struct timings *timings)
{
	size_t kept = 0;

	if (timings->sorted || !timings->count)
		return;
	qsort(timings->list, timings->count, sizeof(*timings->list), by_name_and_age);
	for (size_t i = 0; i < timings->count; i++)
		if (i + 1 == timings->count || by_name(&timings->list[i], &timings->list[i + 1]))
			timings->list[kept++] = timings->list[i];
	timings->count = kept;
	timings->sorted = true;
}

usec_t timings_find(struct timings *timings, const char *name)
{
	const struct timing wanted = { .name = name };
	const struct timing *found;

	sort(timings);
	found = timings->count ? bsearch(&wanted, timings->list, timings->count,
	                                 sizeof(*timings->list), by_name)
	                       : NULL;
	return found ? found->wall : -1;
}

/* "0.312 scripts/x.pkt ipv4" */
static bool read_line(struct timings *timings, char *line)
{
	char *end;
	double seconds = strtod(line, &end);

	if (*line == '\n' || *line == '#')
		return true;
	if (end == line || *end != ' ' || !(seconds >= 0 && seconds < 1e9))
		return false;
	line = end + 1;
	line[strcspn(line, "\n")] = '\0';
	timings_add(timings, line, (usec_t)(seconds * USEC_PER_SEC));
	return true;
}

const char *timings_read(struct timings *timings, const char *path)
{
	FILE *file = fopen(path, "re");
	char *line = NULL;
	const char *why = NULL;
	size_t size = 0, number = 0;

	if (!file)
		return strerror(errno);
	while (!why && getline(&line, &size, file) > 0) {
		number++;
		if (!read_line(timings, line))
			why = arena_printf(timings->arena, "line %zu is not 'SECONDS NAME'",
			                   number);
	}
	if (!why && ferror(file))
		why = strerror(errno);
	free(line);
	fclose(file);
	return why;
}

bool timings_write(struct timings *timings, const char *path)
{
	const char *next = arena_printf(timings->arena, "%s.new", path);
	FILE *out = fopen(next, "we");

	if (!out)
		return false;
	sort(timings);
	for (size_t i = 0; i < timings->count; i++)
		fprintf(out, "%.3f %s\n", (double)timings->list[i].wall / USEC_PER_SEC,
		        timings->list[i].name);
	bool good = fflush(out) == 0 && !ferror(out);
	int error = errno;
	if (fclose(out) == 0 && good && rename(next, path) == 0)
		return true;
	error = good ? errno : error;
	unlink(next);
	errno = error;
	return false;
}

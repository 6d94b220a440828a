/*
 * Theory of operation. The file is read line by line. Most lines are of no interest: what is kept
 * has a TCP socket in it, or makes or ends a process. A call that another thread's lines interrupt
 * is written in two parts, which are put together again; it began when its first part was written.
 */
#include "author/strace.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { KEPT_MAX = 256 << 20 };

/* What is known of a thread while the file is read. */
struct thread {
	unsigned pid;
	char *begun; /* the first part of its call, or NULL */
	usec_t at;
	unsigned long line;
	size_t last;   /* 1 + index of the last call that was kept and may still run; 0: none */
	usec_t leaves; /* when it called exit(), which closes what it has; 0: it did not */
	bool ended;
};

struct reading {
	struct strace *strace;
	struct arena *arena;
	struct thread *threads;
	size_t thread_count;
	size_t room;
	unsigned long line;
	size_t kept; /* bytes of calls */
	bool any_socket;
};

/* A thread of that number; one that ended makes room for another. NULL: there are too many. */
static struct thread *thread_of(struct reading *reading, unsigned pid)
{
	struct thread *free_one = NULL;

	for (size_t i = reading->thread_count; i-- > 0;) {
		struct thread *thread = &reading->threads[i];

		if (thread->pid == pid && !thread->ended)
			return thread;
		if (thread->ended)
			free_one = thread;
	}
	if (!free_one && reading->thread_count < THREADS_MAX)
		free_one = &reading->threads[reading->thread_count++];
	if (free_one)
		*free_one = (struct thread){ .pid = pid };
	return free_one;
}

/* Does a call decide on who has which descriptor, or is a TCP socket in it? */
static bool is_of_interest(const char *text)
{
	static const char *const names[] = { "clone(",  "clone3(",   "fork(",       "vfork(",
		                             "execve(", "execveat(", "close_range(" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (!strncmp(text, names[i], strlen(names[i])))
			return true;
	return strstr(text, "<TCP:[") || strstr(text, "<TCPv6:[");
}

static struct strace_call *add_call(struct reading *reading)
{
	struct strace *strace = reading->strace;

	if (strace->count == CALLS_MAX)
		return NULL;
	strace->calls = arena_grown(reading->arena, strace->calls, strace->count, &reading->room,
	                            sizeof(*strace->calls));
	return &strace->calls[strace->count++];
}

static const char *complain(const struct reading *reading, const char *what)
{
	return arena_printf(reading->arena, "%s:%lu: %s", reading->strace->path, reading->line,
	                    what);
}

/* A whole call, which began at `at` in line `line`. */
static const char *take_call(struct reading *reading, struct thread *thread, const char *text,
                             usec_t at, unsigned long line, usec_t until)
{
	if (!is_of_interest(text))
		return NULL;
	struct strace_call read = { .pid = thread->pid, .at = at, .line = line, .until = until };
	reading->kept += strlen(text);
	if (!strace_call_read(arena_strdup(reading->arena, text), &read))
		return complain(reading, "the line is cut off: it has no whole call");
	struct strace_call *call = reading->kept < KEPT_MAX ? add_call(reading) : NULL;
	if (!call)
		return complain(reading, "there are too many calls on TCP sockets: cut the file "
		                         "down to one connection");
	*call = read;
	thread->last = call->until ? 0 : reading->strace->count;
	reading->any_socket |= strstr(text, "<TCP") != NULL;
	return NULL;
}

static const char *resume(struct reading *reading, struct thread *thread,
                          const struct strace_line *line)
{
	char *whole;

	/* Without its beginning, it began before strace looked. */
	if (!thread->begun || asprintf(&whole, "%s%s", thread->begun, line->text) < 0)
		return NULL;
	free(thread->begun);
	thread->begun = NULL;
	const char *why = take_call(reading, thread, whole, thread->at, thread->line, line->at);
	free(whole);
	return why;
}

static const char *end_thread(struct reading *reading, struct thread *thread, usec_t at)
{
	struct strace_call *call = add_call(reading);

	free(thread->begun);
	thread->begun = NULL;
	thread->ended = true;
	/* strace tells the end when all is closed. */
	if (thread->leaves)
		at = thread->leaves;
	if (call)
		*call = (struct strace_call){
			.name = "+++",
			.result = "?",
			.pid = thread->pid,
			.at = at,
			.line = reading->line,
		};
	return NULL;
}

static const char *take_line(struct reading *reading, char *text)
{
	struct strace_line line;
	const char *why = strace_line_read(text, &line);

	if (why)
		return complain(reading,
		                arena_printf(reading->arena, "this is no line of strace: %s", why));
	if (!line.text || line.kind == STRACE_OTHER)
		return NULL;
	struct thread *thread = thread_of(reading, line.pid);
	if (!thread)
		return complain(reading, "there are too many threads");
	/* What a thread does next shows that its last call is over. */
	if (thread->last)
		reading->strace->calls[thread->last - 1].until = line.at;
	thread->last = 0;
	if (!strncmp(line.text, "exit_group(", 11) || !strncmp(line.text, "exit(", 5))
		thread->leaves = line.at;
	switch (line.kind) {
	case STRACE_ENDED:
		return end_thread(reading, thread, line.at);
	case STRACE_BEGUN:
		free(thread->begun);
		thread->begun = strdup(line.text);
		thread->at = line.at;
		thread->line = reading->line;
		return NULL;
	case STRACE_RESUMED:
		return resume(reading, thread, &line);
	default:
		return take_call(reading, thread, line.text, line.at, reading->line, 0);
	}
}

/* The last line may be cut off: strace was ended while it wrote. */
static const char *read_lines(struct reading *reading, FILE *file, char *text)
{
	while (fgets(text, LINE_MAX_BYTES, file)) {
		size_t length = strlen(text);
		bool whole = length && text[length - 1] == '\n';

		reading->line++;
		if (!whole && !feof(file))
			return complain(reading, length + 1 < LINE_MAX_BYTES
			                                 ? "this is no text: it has a byte 0"
			                                 : "the line is longer than 1 MiB");
		if (whole)
			text[length - 1] = '\0';
		const char *why = take_line(reading, text);
		if (!why)
			continue;
		if (whole || reading->line == 1)
			return why;
		reading->strace->damage = why;
	}
	return ferror(file) ? arena_printf(reading->arena, "%s: %s", reading->strace->path,
	                                   strerror(errno))
	                    : NULL;
}

static int by_time(const void *a, const void *b)
{
	const struct strace_call *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return x->line < y->line ? -1 : x->line > y->line;
}

static const char *read_file(struct reading *reading, FILE *file)
{
	char *text = malloc(LINE_MAX_BYTES);
	const char *why = text ? read_lines(reading, file, text) : strerror(ENOMEM);

	free(text);
	for (size_t i = 0; i < reading->thread_count; i++)
		free(reading->threads[i].begun);
	if (why)
		return why;
	if (!reading->line)
		return arena_printf(reading->arena, "%s is empty", reading->strace->path);
	if (!reading->any_socket)
		return arena_printf(reading->arena,
		                    "%s has no TCP socket in its %lu lines: strace -f -ttt -yy "
		                    "shows them",
		                    reading->strace->path, reading->line);
	qsort(reading->strace->calls, reading->strace->count, sizeof(*reading->strace->calls),
	      by_time);
	return NULL;
}

const char *strace_read(struct strace *strace, struct arena *arena, const char *path)
{
	struct reading reading = { .strace = strace, .arena = arena };
	FILE *file = fopen(path, "re");

	*strace = (struct strace){ .path = path };
	if (!file)
		return arena_printf(arena, "%s: %s", path, strerror(errno));
	reading.threads = arena_alloc(arena, THREADS_MAX * sizeof(*reading.threads));
	const char *why = read_file(&reading, file);
	fclose(file);
	return why;
}

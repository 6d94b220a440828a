#include "suite/artifacts.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "guest/guest.h"
#include "guest/share.h"
#include "kernel/counters.h"
#include "kernel/sockets.h"
#include "report/explain.h"
#include "report/ladder.h"

static const char *const files[] = {
	"wire.pcap", "transcript.txt", "sockets.txt", "counters.txt", "rerun.sh", GUEST_CONSOLE,
};

enum { FILES = sizeof(files) / sizeof(*files) };

/* ---- folders ---- */

static bool make_folders(char *path)
{
	for (char *slash = path + 1; (slash = strchr(slash, '/')); slash++) {
		*slash = '\0';
		if (mkdir(path, 0777) != 0 && errno != EEXIST)
			return false;
		*slash = '/';
	}
	return mkdir(path, 0777) == 0 || errno == EEXIST;
}

const char *artifacts_prepare(struct arena *arena, const char *path)
{
	char absolute[PATH_MAX];

	if (!make_folders(arena_strdup(arena, path)) || !realpath(path, absolute))
		return NULL;
	/* A file of that name is found here, too. */
	return access(arena_printf(arena, "%s/.", absolute), W_OK) == 0
	               ? arena_strdup(arena, absolute)
	               : NULL;
}

/* "../reset/x.pkt[a/b] ipv6 #2" is one name: "reset_x.pkt[a_b].ipv6.2" */
static const char *folder_name(const struct test *test)
{
	const char *name = test->name;

	while (*name == '.' || *name == '/')
		name++;
	char *folder = arena_strdup(test->arena, name), *to = folder;
	for (const char *from = folder; *from; from++)
		if (*from == '/')
			*to++ = '_';
		else if (*from == ' ')
			*to++ = '.';
		else if (*from != '#')
			*to++ = *from;
	*to = '\0';
	return folder;
}

const char *artifact_path(const struct test *test, const char *file)
{
	return arena_printf(test->arena, "%s/%s", test->artifacts, file);
}

static void empty(const struct test *test)
{
	for (size_t i = 0; i < FILES; i++)
		unlink(artifact_path(test, files[i]));
}

void artifacts_name(struct test *test, const char *folder)
{
	test->artifacts = arena_printf(test->arena, "%s/%s", folder, folder_name(test));
}

static void lose(const struct test *test, const char *path)
{
	struct evidence *evidence = test->evidence;

	snprintf(evidence->lost, sizeof(evidence->lost), "cannot write %s: %s", path,
	         strerror(errno));
}

void artifacts_begin(struct test *test, const char *folder)
{
	artifacts_name(test, folder);
	if (mkdir(test->artifacts, 0777) == 0)
		return;
	if (errno == EEXIST) {
		empty(test);
		return;
	}
	lose(test, test->artifacts);
	test->artifacts = NULL;
}

void artifacts_keep_try(struct test *test)
{
	if (!test->artifacts)
		return;
	const char *kept = arena_printf(test->arena, "%s.try%u", test->artifacts, test->tries);
	struct test old = *test;
	old.artifacts = kept;
	empty(&old);
	rmdir(kept);
	rename(test->artifacts, kept);
}

/* ---- files ---- */

static FILE *create(const struct test *test, const char *file)
{
	const char *path = artifact_path(test, file);
	FILE *out = fopen(path, "we");

	if (!out)
		lose(test, path);
	return out;
}

static void finish(const struct test *test, const char *file, FILE *out)
{
	if (fflush(out) != 0)
		lose(test, artifact_path(test, file));
	fclose(out);
}

bool artifacts_are_wanted(const struct test *test)
{
	return test->verdict->kind != VERDICT_PASS && test->verdict->kind != VERDICT_SKIP &&
	       test->verdict->kind != VERDICT_CHECKED;
}

void artifacts_of_world(const struct test *test)
{
	FILE *out;

	if ((out = create(test, "sockets.txt"))) {
		sockets_print(out);
		finish(test, "sockets.txt", out);
	}
	if ((out = create(test, "counters.txt"))) {
		counters_print(out);
		finish(test, "counters.txt", out);
	}
}

void artifacts_add_console(const struct test *test, const char *folder)
{
	if (mkdir(test->artifacts, 0777) == 0 || errno == EEXIST)
		share_fetch(test->arena, folder, GUEST_CONSOLE, artifact_path(test, GUEST_CONSOLE));
}

static void write_transcript(const struct test *test, const struct report_test *told)
{
	FILE *out = create(test, "transcript.txt");

	if (!out)
		return;
	report_explain(out, told);
	fputs("\nAll events:\n", out);
	report_ladder(out, &told->verdict->evidence->trace, told->sources, 0);
	finish(test, "transcript.txt", out);
}

/* With absolute paths, to be run from anywhere. */
static void write_rerun(const struct test *test)
{
	char program[PATH_MAX], folder[PATH_MAX];
	ssize_t length = readlink("/proc/self/exe", program, sizeof(program) - 1);
	FILE *out = create(test, "rerun.sh");

	if (!out)
		return;
	program[length > 0 ? length : 0] = '\0';
	fprintf(out, "#!/bin/sh\n# Runs %s again.\n", test->name);
	if (getcwd(folder, sizeof(folder)))
		fprintf(out, "cd '%s' || exit\n", folder);
	fprintf(out, "tcpclose_run=${TCPCLOSE_RUN:-'%s'}\n", program);
	fprintf(out, "exec \"$tcpclose_run\"%s \"$@\"\n", test->rerun + strcspn(test->rerun, " "));
	fchmod(fileno(out), 0755);
	finish(test, "rerun.sh", out);
}

void artifacts_end(struct test *test, const struct report_test *told)
{
	if (!told->artifacts) {
		empty(test);
		rmdir(test->artifacts);
		return;
	}
	write_transcript(test, told);
	write_rerun(test);
}

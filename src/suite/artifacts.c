#include "suite/artifacts.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
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
#include "suite/folders.h"
#include "suite/parcel.h"

static const char *const files[] = {
	"wire.pcap",      "transcript.txt", "sockets.txt", "counters.txt",
	PARCEL_RECORDING, "printed.txt",    GUEST_CONSOLE,
};

enum { FILES = sizeof(files) / sizeof(*files) };

/* ---- folders ---- */

const char *artifacts_prepare(struct arena *arena, const char *path)
{
	char absolute[PATH_MAX];

	if (!folders_make(arena_strdup(arena, path)) || !realpath(path, absolute))
		return NULL;
	/* "/." makes this fail for a file with that name. */
	return access(arena_printf(arena, "%s/.", absolute), W_OK) == 0
	               ? arena_strdup(arena, absolute)
	               : NULL;
}

const char *artifact_path(const struct test *test, const char *file)
{
	return arena_printf(test->arena, "%s/%s", test->artifacts, file);
}

static void empty(const struct test *test)
{
	for (size_t i = 0; i < FILES; i++)
		unlink(artifact_path(test, files[i]));
	parcel_remove(test->arena, test->artifacts);
}

void artifacts_name(struct test *test, const char *folder)
{
	test->artifacts =
		arena_printf(test->arena, "%s/%s", folder, folders_name(test->arena, test->name));
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

bool artifacts_are_wanted(const struct test *test, const struct suite_options *options)
{
	switch (test->verdict->kind) {
	case VERDICT_PASS:
	case VERDICT_SKIP:
	case VERDICT_CHECKED:
		return false;
	case VERDICT_XFAIL:
		return options->artifacts_known;
	case VERDICT_NONE:
	case VERDICT_FAIL:
	case VERDICT_XPASS:
	case VERDICT_INVALID:
	case VERDICT_ERROR:
	case VERDICT_KINDS:
		break;
	}
	return true;
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

static void write_printed(const struct test *test)
{
	FILE *out = create(test, "printed.txt");

	if (!out)
		return;
	fprintf(out, "%s\n", test->printed);
	finish(test, "printed.txt", out);
}

void artifacts_end(struct test *test, const struct suite_options *options,
                   const struct report_test *told)
{
	const char *what = test->artifacts;

	if (!told->artifacts) {
		empty(test);
		rmdir(test->artifacts);
		return;
	}
	/* A test that was never started has no folder. */
	if ((mkdir(test->artifacts, 0777) != 0 && errno != EEXIST) ||
	    !parcel_write(test, options, test->artifacts, &what)) {
		lose(test, what);
		return;
	}
	write_transcript(test, told);
	if (test->printed)
		write_printed(test);
}

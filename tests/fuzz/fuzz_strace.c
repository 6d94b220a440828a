/*
 * Anybody may give us what strace wrote. The input is such a file: it is read to its end, the
 * sockets are followed through it, and each call is written in the language of scripts.
 *
 * Built with libFuzzer, or with -DFUZZ_MAIN to run the files named as arguments.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "author/called.h"
#include "author/traced.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
	if (!holds)
		abort();
}

/* The order, the numbers of the sockets, and that whoever is last is last. */
static void look_at(const struct traced *trace)
{
	char text[CALLED_TEXT];

	for (size_t i = 0; i < trace->count; i++) {
		const struct traced_call *call = &trace->calls[i];

		require(i == 0 || trace->calls[i - 1].at <= call->at);
		require(call->socket < trace->socket_count && call->made <= trace->socket_count);
		require(call->call->argument_count <= STRACE_ARGUMENTS);
		for (size_t a = 0; a < call->call->argument_count; a++)
			require(call->call->arguments[a] != NULL);
		if (called_text(call->call, 3, 4, text) == CALLED_WRITTEN)
			require(strlen(text) < CALLED_TEXT && !strchr(text, '\n'));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	struct traced trace;
	char path[64];
	int fd = memfd_create("strace", MFD_CLOEXEC);

	require(fd >= 0 && write(fd, data, size) == (ssize_t)size);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	const char *why = traced_read(&trace, arena, path);
	if (why)
		require(!strncmp(why, path, strlen(path)));
	else
		look_at(&trace);
	arena_free(arena);
	close(fd);
	return 0;
}

#ifdef FUZZ_MAIN
#include "tests/fuzz/fuzz_main.h"
#endif

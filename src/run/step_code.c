#include "run/step_code.h"

#include <fcntl.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "program/records.h"
#include "program/symbols.h"
#include "run/tell.h"

struct code {
	FILE *text;
	int fd;
};

enum { INFO_ROOM = 1024, CODE_DESCRIPTOR = 100 };

static void put_symbols(FILE *text)
{
	static const enum symbol_group groups[] = {
		/* clang-format off */
		SYMBOL_TCP_STATE, SYMBOL_CA_STATE, SYMBOL_TCPI_OPTION,
		/* clang-format on */
	};
	int64_t value;

	for (size_t i = 0; symbol_at(i); i++)
		for (size_t g = 0; g < sizeof(groups) / sizeof(*groups); g++)
			if (symbol_find_in(groups[g], symbol_at(i), &value))
				fprintf(text, "%s = %" PRId64 "\n", symbol_at(i), value);
}

/*
 * When an assertion does not hold, or there is another exception, the place of the code block is
 * written into the file that the interpreter reads, in the place of the blocks.
 */
static const char put_place[] = "import sys\n"
				"def _failed(kind, value, trace):\n"
				"\tsys.__excepthook__(kind, value, trace)\n"
				"\twith open(__file__, 'w') as code:\n"
				"\t\tprint(*_place, file=code)\n"
				"sys.excepthook = _failed\n";

/* The place that was written there, and its event. */
static struct range failed_place(int fd, size_t *event)
{
	char text[64] = "";
	struct range where;

	if (pread(fd, text, sizeof(text) - 1, 0) < 0 ||
	    sscanf(text, "%" SCNu32 " %" SCNu32 " %zu", &where.begin, &where.end, event) != 3)
		return (struct range){ 0, 0 };
	return where;
}

/* The file is in memory, so that nothing is left behind, whatever happens. */
static struct code *code_open(struct running *run)
{
	struct code *code = arena_alloc(run->arena, sizeof(*code));

	/* The number is the same in every run, so that the command is the same in a recording. */
	int fd = memfd_create("tcpclose-code", 0);
	code->fd = fcntl(fd, F_DUPFD, CODE_DESCRIPTOR);
	close(fd);
	code->text = code->fd < 0 ? NULL : fdopen(code->fd, "w");
	if (!code->text)
		return NULL;
	fputs(put_place, code->text);
	put_symbols(code->text);
	return code;
}

/*
 * What getsockopt() returns for a connection. TCP_CC_INFO does not say for which congestion control
 * it is; when there is nothing to tell, it returns nothing.
 */
static const struct source {
	const char *option; /* --code_sockopt asks for one of these names */
	int level;
	const char *layouts[4]; /* NULL comes after the last one */
} sources[] = {
	{ "TCP_INFO", IPPROTO_TCP, { "tcp_info" } },
	{ "TCP_CC_INFO", IPPROTO_TCP, { "tcp_bbr_info", "tcp_dctcp_info", "tcpvegas_info" } },
	{ "SO_MEMINFO", SOL_SOCKET, { "meminfo" } },
};

static void put_fields(const struct record_layout *layout, const char *info, size_t size,
                       FILE *text)
{
	for (size_t i = 0; i < layout->count; i++) {
		const struct record_field *field = &layout->fields[i];

		if ((size_t)field->offset + field->size <= size && field->type != FIELD_BYTES)
			fprintf(text, "%s = %" PRIu64 "\n", field->name,
			        (uint64_t)record_get(field, info));
	}
}

static void put_source(struct running *run, const struct source *source, int fd, FILE *text)
{
	char info[INFO_ROOM] = { 0 };
	socklen_t size = sizeof(info);
	struct host_output outputs[] = {
		{ info, sizeof(info), OUTPUT_EMPTY },
		{ &size, sizeof(size), OUTPUT_GIVEN },
	};
	int64_t option = 0;

	symbol_find(source->option, &option);
	struct host_call call = {
		.name = "getsockopt",
		.number = SYS_getsockopt,
		.arguments = { fd, source->level, (long)option, (long)info, (long)&size },
		.outputs = outputs,
		.output_count = 2,
	};
	run->host->calls->call(run->host, &call);
	for (const char *const *layout = source->layouts; call.result == 0 && *layout; layout++)
		put_fields(record_find(*layout), info, size, text);
}

static void put_values(struct running *run, FILE *text)
{
	const char *only = run->settings->code_sockopt;
	struct connection *current = run->connections.current;
	int fd;

	if (!current || descriptors_of(run->actors.descriptors, current, &fd) < 0)
		return;
	for (size_t i = 0; i < sizeof(sources) / sizeof(*sources); i++)
		if (!*only || !strcmp(only, sources[i].option))
			put_source(run, &sources[i], fd, text);
}

bool step_code(struct running *run, const struct step *step)
{
	run_note_lateness(run, timing_now(&run->timing));
	if (!run->code)
		run->code = code_open(run);
	if (!run->code)
		return run_end(run, ENDING_BROKEN, step->where,
		               "there is no memory for the code blocks");
	put_values(run, run->code->text);
	fprintf(run->code->text, "_place = %" PRIu32 ", %" PRIu32 ", %zu\n%s\n", step->where.begin,
	        step->where.end, run->teller.evidence->trace.count, step->text);
	struct event *event = run_event(run, EVENT_COMMAND, step->where, timing_now(&run->timing));
	run_tell(run, event);
	return true;
}

bool code_run(struct running *run)
{
	struct code *code = run->code;
	struct range nowhere = { 0, 0 };

	if (!code)
		return true;
	if (!run->settings->commands_allowed)
		return run_end(run, ENDING_MISSING, nowhere, "code blocks are not allowed");
	fflush(code->text);
	char *command =
		arena_printf(run->arena, "%s /dev/fd/%d", run->settings->code_command, code->fd);
	lseek(code->fd, 0, SEEK_SET);
	int status = run->host->calls->command(run->host, command);
	size_t event = EVENT_NONE;
	struct range where = failed_place(code->fd, &event);
	fclose(code->text);
	if (status == 0)
		return true;
	if (status == -1 || (WIFEXITED(status) && WEXITSTATUS(status) == 127))
		return run_end(run, ENDING_BROKEN, nowhere,
		               "%s could not be started for the code blocks",
		               run->settings->code_command);
	run_about(run, event);
	return run_fail(run, where, where, "an assertion of the code blocks failed");
}

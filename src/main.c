/*
 * tcpclose-run: reads the command line. Then the suite goes through the chain text -> script ->
 * program -> run -> verdict -> report for every test.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "check/check.h"
#include "guest/inside.h"
#include "remote/server.h"
#include "script/included.h"
#include "suite/about.h"
#include "suite/authoring.h"
#include "suite/command_line.h"
#include "suite/command_parse.h"
#include "suite/exploring.h"
#include "suite/exporting.h"
#include "suite/plan.h"
#include "suite/suite.h"
#include "suite/watch.h"

/* ---- what is written after the tests ---- */

static bool save_timings(const struct command_line *line)
{
	const char *path = line->suite.save_timings;

	if (!path || timings_write(line->suite.timings, path))
		return true;
	fprintf(stderr, "%s: cannot write %s: %s\n", line->suite.program_name, path,
	        strerror(errno));
	return false;
}

static bool print_coverage(const struct command_line *line)
{
	const char *path = line->coverage;
	FILE *out = outputs_aside(&line->outputs);
	bool good;

	if (!path)
		return true;
	if (*path)
		out = fopen(path, "we");
	if (out)
		coverage_print(line->suite.coverage, out);
	good = out && fflush(out) == 0 && !ferror(out);
	if (*path && out)
		good &= fclose(out) == 0;
	coverage_lost(line->suite.coverage, stderr);
	if (!good)
		fprintf(stderr, "%s: cannot write the coverage%s%s: %s\n", line->suite.program_name,
		        *path ? " to " : "", path, strerror(errno));
	return good;
}

static bool print_transitions(const struct command_line *line)
{
	FILE *out;
	bool good;

	if (!line->transitions)
		return true;
	out = fopen(line->transitions, "we");
	if (out)
		transitions_page_print(line->suite.transitions, out);
	good = out && fflush(out) == 0 && !ferror(out);
	if (out)
		good &= fclose(out) == 0;
	if (!good)
		fprintf(stderr, "%s: cannot write %s: %s\n", line->suite.program_name,
		        line->transitions, strerror(errno));
	return good;
}

/* ---- a capture in the place of scripts ---- */

static int check(const struct command_line *line)
{
	static const int statuses[] = {
		[CHECK_NOTHING] = SUITE_PASSED,
		[CHECK_FOUND] = SUITE_FAILED,
		[CHECK_BROKEN] = SUITE_BAD_SCRIPT,
	};

	return statuses[check_pcap(line->check_pcap, line->suite.model, stdout, stderr)];
}

/* ---- the run ---- */

static int play(struct command_line *line)
{
	size_t which;

	if (!outputs_open(&line->outputs, &which))
		return command_line_error(line, "cannot write %s: %s",
		                          line->outputs.list[which].path, strerror(errno));
	line->suite.errors = outputs_aside(&line->outputs) == stderr || line->outputs.list[0].path
	                             ? stderr
	                             : NULL;
	line->suite.failed = last_failed_read(line->arena, &line->named);
	int status = suite_run(&line->scripts, &line->suite, &line->outputs);
	bool told = outputs_close(&line->outputs, line->suite.program_name);
	told &= save_timings(line);
	told &= print_coverage(line);
	told &= print_transitions(line);
	/* A failure counts more than a report that is missing. */
	return told || (status != SUITE_PASSED && status != SUITE_SKIPPED) ? status : SUITE_FAULT;
}

static int play_again(void *context, const struct script_paths *scripts)
{
	struct command_line *line = context;

	line->scripts = *scripts;
	return play(line);
}

/* It comes back only when it cannot serve. */
static int serve_wire(const struct wire_options *wire)
{
	const struct wire_server server = { .device = wire->server_device,
		                            .key_file = wire->key_file,
		                            .address = wire->server_name,
		                            .port = wire->port };

	wire_server_run(&server, stdout, stderr);
	return SUITE_FAULT;
}

static int run(struct command_line *line)
{
	if (line->suite.wire.server)
		return serve_wire(&line->suite.wire);
	if (line->check_pcap)
		return check(line);
	if (line->start)
		return authoring_start(&(struct start){ line->start, line->outputs.list[0].path });
	if ((line->about || line->format_script || line->suite.bless) &&
	    !plan_select_scripts(&line->scripts, &line->suite))
		return SUITE_BAD_SCRIPT;
	if (line->about)
		return about_print(line->about, &line->scripts, stdout);
	if (line->format_script)
		return format_scripts(&line->scripts, line->format_script, &line->defines, stdout);
	if (line->export)
		return export_scripts(&line->scripts, &line->suite, line->outputs.list[0].path,
		                      stderr);
	if (line->suite.list)
		return suite_list(&line->scripts, &line->suite);
	if (line->suite.in_guest)
		return suite_run_in_guest(&line->suite);
	if (line->suite.bless)
		return authoring_bless(&line->scripts, line->bless_diff, &line->suite);
	if (line->explore.time) {
		line->explore.mode = line->suite.model;
		line->explore.first = line->suite.fail_fast;
		return exploring_run(&line->explore, &line->suite);
	}
	if (line->minimise)
		return authoring_minimise(&(struct minimise){ .path = line->scripts.first->path,
		                                              .output = line->outputs.list[0].path,
		                                              .given = &line->defines },
		                          &line->suite);
	if (line->from_pcap.path) {
		line->from_pcap.output = line->outputs.list[0].path;
		return authoring_from_pcap(&line->from_pcap, &line->suite);
	}
	if (line->watch)
		return watch_scripts(
			&(struct watch){ &line->named, &line->suite, play_again, line });
	return play(line);
}

/*
 * For git bisect, 1 to 127 mean a bad commit, except 125, which means that the commit cannot be
 * tested. Above 127, it stops.
 */
static int status_for_bisect(int status)
{
	return status == SUITE_PASSED || status == SUITE_FAILED ? status : SUITE_FAULT;
}

/*
 * When the caller has closed standard files, our own files must not get their numbers. Using one of
 * them must stay an error.
 */
static void occupy_standard_files(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0)
			open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

/*
 * The soft limit is for programs that cannot deal with more descriptors; a script may want many
 * sockets. It is not raised so far that programs which a script runs, and which close all
 * descriptors one by one, become slow.
 */
static void raise_descriptor_limit(void)
{
	enum { ENOUGH = 65536 };
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= ENOUGH)
		return;
	limit.rlim_cur = limit.rlim_max < ENOUGH ? limit.rlim_max : ENOUGH;
	setrlimit(RLIMIT_NOFILE, &limit);
}

/* Scripts name our own programs (slow-reader) as they name any; the user's come first. */
static void add_own_programs(void)
{
	const char *path = getenv("PATH");
	char own[PATH_MAX], *both;

	if (!path || !included_programs(own) || asprintf(&both, "%s:%s", path, own) < 0)
		return;
	setenv("PATH", both, 1);
	free(both);
}

int main(int argc, char **argv)
{
	struct command_line line = { .arena = arena_new() };

	occupy_standard_files();
	raise_descriptor_limit();
	add_own_programs();
	line.suite.in_guest = inside_enter(line.arena, &argc, &argv);
	line.suite.virtual_time = line.suite.in_guest && inside_virtual_time();
	int status = command_parse(&line, argc, argv);
	if (status == COMMAND_LINE_GOOD)
		status = line.bisect ? status_for_bisect(run(&line)) : run(&line);
	else if (line.bisect && status == SUITE_BAD_SCRIPT)
		status = 255;
	if (line.suite.in_guest)
		inside_leave();
	arena_free(line.arena);
	return status;
}

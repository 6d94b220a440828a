#include "suite/child.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "guest/inside.h"
#include "host/host_record.h"
#include "host/host_replay.h"
#include "kernel/host_kernel.h"
#include "remote/client.h"
#include "stacks/host_stack.h"
#include "report/report.h"
#include "run/needs.h"
#include "run/run.h"
#include "suite/again.h"
#include "suite/artifacts.h"
#include "suite/parcel.h"
#include "suite/realtime.h"
#include "suite/second_oracle.h"
#include "suite/stop.h"
#include "report/ladder.h"

static void print_event(void *context, const struct event *event)
{
	const struct test *test = context;

	report_event(stdout, event, test->script->sources);
	fflush(stdout);
}

/* Checks all counters that the script looks at; the first one that is missing is reported. */
static bool has_counters(struct test *test, struct host *host, char *error)
{
	uint64_t value;

	for (size_t i = 0; i < test->program->count; i++) {
		const struct step *step = &test->program->steps[i];

		if (step->kind != STEP_OBSERVE || step->observe->kind != OBSERVE_COUNTER ||
		    host->look->counter(host, step->observe->name, &value))
			continue;
		snprintf(error, FAULT_TEXT, "%s", host->error);
		test->evidence->where = step->observe->name_where;
		return false;
	}
	return true;
}

/* Opens a recording, a stack, or the running kernel, whose packets may go by another host. */
static struct host *choose_host(const struct test *test, const struct suite_options *options,
                                const struct host_config *config, enum fault *failure, char *error)
{
	const struct settings *settings = &test->program->settings;
	const struct stack_choice choice = { .so_filename = settings->so_filename,
		                             .so_flags = settings->so_flags,
		                             .command = settings->stack,
		                             .drive_clock = settings->drive_clock };
	const struct wire_client wire = { .server = options->wire.server_name,
		                          .port = options->wire.port,
		                          .device = options->wire.client_device,
		                          .key_file = options->wire.key_file };

	if (options->replay_path)
		return host_replay_open(config, options->replay_path, error);
	if (settings_have_stack(settings))
		return host_stack_open(config, &choice, failure, error);
	if (options->wire.client)
		return host_remote_open(&wire, config, failure, error);
	return host_kernel_open(config, failure, error);
}

/*
 * With mapped addresses the packets are those of IPv4, so that a world can be made where the kernel
 * has no IPv6; but the sockets are of IPv6.
 */
static bool has_family(const struct test *test, const struct suite_options *options, char *error)
{
	if (test->ip_version != IP_V4_MAPPED || options->replay_path ||
	    settings_have_stack(&test->program->settings))
		return true;
	int fd = socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0 && errno == EAFNOSUPPORT) {
		fault_say(FAULT_MISSING, error, "IPv6 is not available here: %s", strerror(errno));
		return false;
	}
	if (fd >= 0)
		close(fd);
	return true;
}

/* When a shared object cannot be used, the user who named it has made a mistake. */
static enum ending ending_without_host(const struct test *test, enum fault failure)
{
	if (failure == FAULT_MISSING)
		return ENDING_MISSING;
	return settings_have_stack(&test->program->settings) ? ENDING_SCRIPT : ENDING_BROKEN;
}

/* Opens the world that the options ask for. Returns NULL when it cannot; then the ending is set. */
static struct host *open_host(struct test *test, const struct suite_options *options)
{
	struct host_config config;
	enum fault failure = FAULT_BROKEN;
	char error[FAULT_TEXT];
	struct host *host, *recorder;
	const char *record = options->record_path;

	/* A recording has the answers of one end, and --bless writes what one end does. */
	if (test->program->settings.real_peer && (record || test->program->settings.bless)) {
		test_end(test, ENDING_SCRIPT, "with --real_peer nothing can be %s",
		         record ? "recorded" : "blessed");
		return NULL;
	}
	if (!record && test->artifacts && !test->first && !test->program->settings.real_peer)
		record = artifact_path(test, PARCEL_RECORDING);
	run_host_config(test->program, &test->addresses, &config);
	config.virtual_time = options->virtual_time;
	config.pcap_path = options->pcap_path;
	if (test->artifacts && !test->first)
		config.pcap_path = artifact_path(test, "wire.pcap");
	config.lost = test->evidence->lost;
	config.reasons = test->first || options->reasons == REASONS_ALWAYS;
	config.untold = test->evidence->untold;
	config.blame = &test->evidence->where;
	host = choose_host(test, options, &config, &failure, error);
	if (host && (!needs_are_met(test->program, host, &test->evidence->where, error) ||
	             !has_family(test, options, error) ||
	             (!options->replay_path && !has_counters(test, host, error)))) {
		host->close(host);
		failure = FAULT_MISSING;
		host = NULL;
	}
	if (!host) {
		test->evidence->line = test->evidence->where;
		test_end(test, ending_without_host(test, failure), "%s", error);
		return NULL;
	}
	if (!record || options->replay_path)
		return host;
	recorder = host_record_open(host, &config, record, error);
	if (recorder)
		return recorder;
	host->close(host);
	test_end(test, ENDING_BROKEN, "%s", error);
	return NULL;
}

/* The commands of a script expect to be run in its folder. */
static void enter_folder(const char *path)
{
	char folder[4096];
	const char *slash = strrchr(path, '/');

	if (!slash || slash == path || (size_t)(slash - path) >= sizeof(folder))
		return;
	memcpy(folder, path, (size_t)(slash - path));
	folder[slash - path] = '\0';
	if (chdir(folder) != 0)
		fprintf(stderr, "cannot enter %s\n", folder);
}

/* What the stack did that no stack may is why the script did not go on as it should. */
static void look_for_trouble(struct test *test, struct host *host)
{
	const char *trouble = host->trouble ? host->trouble(host) : NULL;

	if (!trouble)
		return;
	test->evidence->ending = ENDING_WRONG;
	test->evidence->has_want = false;
	snprintf(test->evidence->reason, VERDICT_TEXT, "%s", trouble);
}

static void play(struct test *test, const struct suite_options *options, struct host *host)
{
	struct run_listener listener = { .context = test };

	if (test->program->settings.verbose)
		listener.event = print_event;
	if (options->chdir)
		enter_folder(test->script->path);
	if (!options->no_realtime && !options->replay_path && !options->virtual_time)
		realtime_enter();
	/* However long it took to come here, the script begins at the same moment of the clock. */
	if (options->virtual_time)
		inside_align(GRID_SCRIPT);
	run_program(test->program, &test->addresses, host, &listener, test->evidence);
	look_for_trouble(test, host);
	second_oracle(test, options);
	test_judge(test);
	/* When a test passes in spite of a known bug, this is kept as a failure is. */
	if (test->artifacts && !test->first && !options->replay_path &&
	    (artifacts_are_wanted(test, options) || again_bug(test, options)))
		artifacts_of_world(test);
}

/*
 * What the script left running in the background is in our process group. We leave that group for
 * our parent's, and kill it. The parent's group is 0 when the parent is the first process of a
 * namespace and its group is outside, or when the parent cannot be seen from here. Then there is no
 * group to go to: 0 would mean our own.
 */
static void end_others(void)
{
	pid_t group = getpgrp(), parent = getpgid(getppid());

	if (group == getpid() && parent > 0 && parent != group && setpgid(0, parent) == 0)
		kill(-group, SIGKILL);
}

static void say(int done, char what)
{
	/* Without a parent, nobody wants the result. */
	if (write(done, &what, 1) != 1)
		_exit(1);
}

_Noreturn void child_main(struct test *test, const struct suite_options *options, int done)
{
	struct host *host;
	char pid[16];

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	/*
	 * The child does this itself. The parent might do it late, and put us back into the group
	 * that end_others() is about to kill.
	 */
	setpgid(0, 0);
	stop_forget();
	signal(SIGTTOU, SIG_IGN);
	/*
	 * The helpers of packetdrill put this number into the names of their files, and scripts
	 * find them by $PPID.
	 */
	snprintf(pid, sizeof(pid), "%d", (int)getpid());
	setenv("PACKETDRILL_PID", pid, 1);
	host = open_host(test, options);
	if (host) {
		say(done, CHILD_READY);
		play(test, options, host);
	}
	fflush(NULL);
	end_others();
	/*
	 * Whoever reads what we print shall not have to wait until the kernel has removed the rest
	 * of this process.
	 */
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		close(fd);
	say(done, CHILD_DONE);
	/*
	 * A capture file is complete only after it was closed. Everything else ends with the
	 * process.
	 */
	if (host)
		host->close(host);
	_exit(0);
}

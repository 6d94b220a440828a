#include "kernel/host_kernel.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "kernel/caller.h"
#include "kernel/capture.h"
#include "kernel/counters.h"
#include "kernel/clock.h"
#include "kernel/link.h"
#include "base/fault.h"
#include "base/stop_signals.h"
#include "kernel/far_wire.h"
#include "kernel/inject.h"
#include "kernel/netlink.h"
#include "kernel/netns.h"
#include "capture/pcap_file.h"
#include "kernel/pressure.h"
#include "kernel/processes.h"
#include "kernel/reasons.h"
#include "kernel/rings.h"
#include "kernel/signals.h"
#include "kernel/tun.h"

enum { SYSCTL_TEXT = 4096 };

/* A sysctl that must be set back at the end, because the namespace is not only ours. */
struct saved_sysctl {
	struct saved_sysctl *next;
	const char *name;
	char value[SYSCTL_TEXT];
};

struct kernel_host {
	struct host host;
	struct host_config config;
	struct saved_sysctl *saved; /* the one that was changed last comes first */
	int wake_fd;                /* workers, and the handler of the stop signals, write to it */
	struct tun tun;
	struct netlink_diag diag;
	struct inject *inject;
	struct capture *capture;
	struct link *link; /* NULL: the script plays the peer */
	struct rings *rings;
	struct caller *caller;
	struct processes processes;
	struct counters_mark mark;
	struct reasons *reasons;     /* NULL: nobody asks for them */
	struct look_ops asking;      /* kernel_look, and fate() */
	unsigned injected, captured; /* packets */
};

static struct kernel_host *kernel_of(struct host *host)
{
	return (struct kernel_host *)host;
}

/* ---- the operations ---- */

static usec_t kernel_now(struct host *host)
{
	(void)host;
	return clock_now();
}

static void kernel_await_tick(struct host *host)
{
	(void)host;
	clock_await_tick();
}

/* Gives the bytes to the kernel, by the device or from the other host. */
static bool send_bytes(struct kernel_host *kernel, const uint8_t *bytes, size_t length,
                       unsigned gso_size, usec_t *at)
{
	const struct far_wire *far = kernel->config.far;
	char *error = kernel->host.error;

	if (far && gso_size)
		return fault_say(FAULT_BROKEN, error, "no GSO packet can be sent over a real wire"),
		       false;
	if (far)
		return far->inject(far->context, bytes, length, at, error);
	*at = kernel_now(&kernel->host);
	if (tun_write(&kernel->tun, bytes, length, gso_size))
		return true;
	fault_say(FAULT_BROKEN, error, "the kernel does not accept the packet: %s",
	          errno == EIO ? TUN_NAME " is down" : strerror(errno));
	return false;
}

static bool kernel_inject(struct host *host, const struct segment *segment, usec_t *at)
{
	struct kernel_host *kernel = kernel_of(host);
	unsigned gso_size = segment->protocol == IPPROTO_TCP ? kernel->config.gso_size : 0;
	const uint8_t *bytes;
	size_t length;

	if (!inject_build(kernel->inject, segment, &bytes, &length, host->error))
		return false;
	reasons_before(kernel->reasons);
	if (!send_bytes(kernel, bytes, length, gso_size, at))
		return false;
	reasons_injected(kernel->reasons, ++kernel->injected);
	if (capture_is_written(kernel->capture))
		capture_write_injected(kernel->capture, bytes, length, *at);
	return true;
}

enum { LATE_BY_SLACK = 50 }; /* microseconds, for which it is not worth sleeping again */

/*
 * How late poll(2) may be: a thousandth of the time, or five thousandths for a task that is nice,
 * but at most 100 ms (select_estimate_accuracy() in fs/select.c). This does not apply to a task
 * with real-time priority.
 */
static usec_t slack_of(usec_t left)
{
	usec_t slack = left / 200;

	return slack < 100 * USEC_PER_MSEC ? slack : 100 * USEC_PER_MSEC;
}

static int wire_descriptor(const struct kernel_host *kernel)
{
	return kernel->config.far ? kernel->config.far->descriptor
	                          : capture_descriptor(kernel->capture);
}

/*
 * Sleeps until something can be read, or until the deadline. It may return early for no reason. A
 * long sleep ends early on purpose, so that the last sleep is a short one, which can be late only
 * by little.
 */
static bool wait_sleep(struct kernel_host *kernel, usec_t left)
{
	if (left != USEC_FOREVER && slack_of(left) > LATE_BY_SLACK)
		left -= slack_of(left);
	struct pollfd files[3 + PROCESSES_MAX] = {
		/* clang-format off */
		{ .fd = wire_descriptor(kernel), .events = POLLIN },
		{ .fd = kernel->wake_fd, .events = POLLIN },
		{ .fd = kernel->link ? link_descriptor(kernel->link) : -1, .events = POLLIN },
		/* clang-format on */
	};
	size_t count_of_files = 3 + processes_poll(&kernel->processes, files + 3);
	struct timespec timeout = timespec_of_usec(left);
	uint64_t count;

	if (ppoll(files, count_of_files, left == USEC_FOREVER ? NULL : &timeout, NULL) < 0 &&
	    errno != EINTR) {
		fault_say(FAULT_BROKEN, kernel->host.error, "waiting: %s", strerror(errno));
		return false;
	}
	if (files[1].revents && read(kernel->wake_fd, &count, sizeof(count)) < 0 &&
	    errno != EAGAIN) {
		fault_say(FAULT_BROKEN, kernel->host.error, "waking: %s", strerror(errno));
		return false;
	}
	return true;
}

/* The next packet that the other host has seen. */
static enum capture_result next_far_packet(struct kernel_host *kernel, struct host_packet *packet)
{
	const struct far_wire *far = kernel->config.far;
	struct far_packet seen;

	switch (far->next(far->context, &seen, kernel->host.error)) {
	case FAR_NONE:
		return CAPTURE_NONE;
	case FAR_BROKEN:
		return CAPTURE_BROKEN;
	case FAR_PACKET:
		break;
	}
	capture_found(kernel->capture, seen.bytes, seen.captured, seen.length,
	              timespec_of_usec(seen.at), packet);
	return CAPTURE_PACKET;
}

/* The next packet of the kernel's, or of both ends. */
static enum capture_result next_packet(struct kernel_host *kernel, struct host_packet *packet)
{
	enum capture_result result;

	if (kernel->link)
		return link_next(kernel->link, packet, kernel->host.error);
	result = kernel->config.far ? next_far_packet(kernel, packet)
	                            : capture_next(kernel->capture, packet, kernel->host.error);
	if (result != CAPTURE_PACKET)
		return result;
	if (!kernel->config.far)
		tun_drain(&kernel->tun);
	reasons_sent(kernel->reasons, ++kernel->captured, &packet->segment);
	return result;
}

static enum host_wake kernel_wait(struct host *host, usec_t deadline, struct host_packet *packet)
{
	struct kernel_host *kernel = kernel_of(host);
	const struct far_wire *far = kernel->config.far;
	bool behind = far;

	for (;;) {
		usec_t now = clock_exact();

		if (atomic_load(signals_stopped()))
			return HOST_STOPPED;
		switch (next_packet(kernel, packet)) {
		case CAPTURE_PACKET:
			return HOST_PACKET;
		case CAPTURE_BROKEN:
			return HOST_BROKEN;
		case CAPTURE_NONE:
			break;
		}
		processes_look(&kernel->processes);
		if (processes_tell(&kernel->processes, &host->end))
			return HOST_ENDED;
		if (caller_harvest(kernel->caller))
			return HOST_CALL;
		if (now >= deadline && !behind)
			return HOST_TIME;
		if (now >= deadline) {
			/* What the other host has seen in time may still be on its way. */
			behind = false;
			if (!far->sync(far->context, host->error))
				return HOST_BROKEN;
			continue;
		}
		if (!wait_sleep(kernel, deadline == USEC_FOREVER ? USEC_FOREVER : deadline - now))
			return HOST_BROKEN;
	}
}

static void nobody_calls(struct host *host, const struct host_call *call)
{
	if (!call->process)
		fault_say(FAULT_BROKEN, host->error, "no thread could be made for %s: %s",
		          call->name, strerror(errno));
	else
		fault_say(FAULT_BROKEN, host->error,
		          errno == EBUSY ? "the process is still in another call, and it makes "
		                           "only one at a time"
		                         : "the process has ended, so it makes no more calls");
}

/* The process that a call is about has a number of the kernel's. Returns what stood there. */
static long name_process(struct host *host, struct host_call *call)
{
	long before = call->arguments[0];

	if (call->about)
		call->arguments[0] = kernel_of(host)->processes.list[call->about - 1].pid;
	return before;
}

static void kernel_call(struct host *host, struct host_call *call)
{
	long before = name_process(host, call);

	caller_call(kernel_of(host)->caller, call);
	call->arguments[0] = before;
	if (call->end == CALL_NOT_MADE)
		nobody_calls(host, call);
}

static bool kernel_begin(struct host *host, struct host_call *call)
{
	long before = name_process(host, call);
	bool begun = caller_begin(kernel_of(host)->caller, call);

	call->arguments[0] = before;
	if (!begun)
		nobody_calls(host, call);
	return begun;
}

static bool kernel_observe(struct host *host, const struct tcp_tuple *tuple,
                           struct tcp_status *connection)
{
	return netlink_diag_find(&kernel_of(host)->diag, tuple, connection, host->error);
}

static bool kernel_counter(struct host *host, const char *name, uint64_t *value)
{
	if (counter_read(name, value))
		return true;
	fault_say(FAULT_MISSING, host->error, "this kernel has no counter %s", name);
	return false;
}

static void kernel_mark(struct host *host)
{
	counters_mark(&kernel_of(host)->mark);
}

static bool kernel_moved(struct host *host, char *text, size_t size)
{
	counters_moved(&kernel_of(host)->mark, text, size);
	return true;
}

static bool kernel_fate(struct host *host, bool sent, unsigned number, char *text, size_t size)
{
	struct kernel_host *kernel = kernel_of(host);

	return reasons_of(kernel->reasons, sent, number, text, size);
}

static unsigned kernel_signals(struct host *host, int kind)
{
	(void)host;
	return signals_taken(kind);
}

static bool kernel_sysctl(struct host *host, const char *name, char *value, size_t size)
{
	return sysctl_read(name, value, size, host->error) == FAULT_NONE;
}

/*
 * A stop signal that comes now ends the command, and everything that it started when the process
 * group is ours. A stop signal that came before does not, because what runs after one is the
 * cleanup of the script.
 */
static int command_await(pid_t pid, unsigned stops)
{
	struct pollfd file = { .fd = (int)syscall(SYS_pidfd_open, pid, 0), .events = POLLIN };
	sigset_t blocked = stop_signals_set(), before;
	int status;

	/*
	 * Only ppoll() lets the signals in, so that none can come between the test of the count and
	 * the sleep.
	 */
	sigprocmask(SIG_BLOCK, &blocked, &before);
	while (file.fd >= 0 && atomic_load(signals_stopped()) == stops &&
	       ppoll(&file, 1, NULL, &before) < 0 && errno == EINTR)
		;
	sigprocmask(SIG_SETMASK, &before, NULL);
	if (file.fd >= 0)
		close(file.fd);
	if (atomic_load(signals_stopped()) != stops)
		kill(getpgrp() == getpid() ? 0 : pid, SIGTERM);
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return -1;
	return status;
}

static int kernel_command(struct host *host, const char *text)
{
	unsigned stops = atomic_load(signals_stopped());
	pid_t pid;

	if (process_start(text, !kernel_of(host)->config.keep_namespace, &pid))
		return command_await(pid, stops);
	fault_say(FAULT_BROKEN, host->error, "/bin/sh: %s", strerror(errno));
	return -1;
}

static bool kernel_fork(struct host *host, unsigned *number)
{
	return processes_fork(&kernel_of(host)->processes, number, host->error);
}

static bool kernel_spawn(struct host *host, const char *text, unsigned *number)
{
	return processes_spawn(&kernel_of(host)->processes, text, number, host->error);
}

static bool kernel_kill(struct host *host, unsigned number, int signal)
{
	return processes_kill(&kernel_of(host)->processes, number, signal, host->error);
}

static bool kernel_ended(struct host *host, unsigned number, int *status)
{
	return processes_ended(&kernel_of(host)->processes, number, status);
}

static usec_t kernel_waited(struct host *host)
{
	return processes_waited(&kernel_of(host)->processes);
}

/* Addresses and routes, and the device up. */
static enum fault device_configure(struct kernel_host *kernel, char *error)
{
	const struct far_wire *far = kernel->config.far;
	enum fault failure = netlink_configure(&kernel->config, kernel->tun.index, error);

	if (failure == FAULT_NONE && far)
		failure = far->ready(far->context, &kernel->config, kernel->tun.index, error);
	return failure;
}

static bool kernel_link(struct host *host, bool up)
{
	struct kernel_host *kernel = kernel_of(host);

	if (!up)
		return netlink_down(kernel->tun.index, host->error) == FAULT_NONE;
	return device_configure(kernel, host->error) == FAULT_NONE;
}

static bool kernel_lose(struct host *host, int count)
{
	cable_lose(link_cable(kernel_of(host)->link), CABLE_NEAR, count);
	return true;
}

static bool kernel_delay(struct host *host, usec_t delay)
{
	cable_delay(link_cable(kernel_of(host)->link), CABLE_NEAR, delay);
	return true;
}

static void sysctls_restore(struct kernel_host *kernel)
{
	char error[FAULT_TEXT];

	for (struct saved_sysctl *saved = kernel->saved, *next; saved; saved = next) {
		next = saved->next;
		sysctl_write(saved->name, saved->value, error);
		free(saved);
	}
}

static void kernel_close(struct host *host)
{
	struct kernel_host *kernel = kernel_of(host);

	processes_end(&kernel->processes);
	caller_close(kernel->caller);
	rings_close(kernel->rings);
	link_close(kernel->link);
	capture_close(kernel->capture);
	inject_close(kernel->inject);
	netlink_diag_close(&kernel->diag);
	tun_close(&kernel->tun);
	sysctls_restore(kernel);
	netns_leave();
	counters_forget(&kernel->mark);
	reasons_close(kernel->reasons);
	signals_close();
	if (kernel->wake_fd >= 0)
		close(kernel->wake_fd);
	free(kernel);
}

static usec_t kernel_pressure(struct host *host)
{
	(void)host;
	return pressure_total();
}

static const struct wire_ops kernel_wire = {
	.inject = kernel_inject,
	.wait = kernel_wait,
	.link = kernel_link,
};

/* The same on a link with two ends: nothing is injected into it. */
static const struct wire_ops link_wire = {
	.wait = kernel_wait,
	.link = kernel_link,
	.lose = kernel_lose,
	.delay = kernel_delay,
};

static const struct call_ops kernel_calls = {
	.call = kernel_call,
	.begin = kernel_begin,
	.fork = kernel_fork,
	.spawn = kernel_spawn,
	.kill = kernel_kill,
	.ended = kernel_ended,
	.waited = kernel_waited,
	.command = kernel_command,
};

static const struct look_ops kernel_look = {
	.observe = kernel_observe,
	.counter = kernel_counter,
	.mark = kernel_mark,
	.moved = kernel_moved,
	.signals = kernel_signals,
	.sysctl = kernel_sysctl,
	.pressure = kernel_pressure,
};

static const struct clock_ops kernel_clock = {
	.now = kernel_now,
	.await_tick = kernel_await_tick,
};

/* ---- opening ---- */

static enum fault sysctl_set(struct kernel_host *kernel, const char *name, const char *value,
                             char *error)
{
	struct saved_sysctl *saved;

	if (!kernel->config.keep_namespace)
		return sysctl_write(name, value, error);
	saved = calloc(1, sizeof(*saved));
	if (!saved)
		return fault_say(FAULT_BROKEN, error, "sysctl %s: %s", name, strerror(errno));
	saved->name = name;
	if (sysctl_read(name, saved->value, sizeof(saved->value), error) != FAULT_NONE) {
		/* Some sysctls can only be written, so their old value is not known. */
		free(saved);
		return sysctl_write(name, value, error);
	}
	saved->next = kernel->saved;
	kernel->saved = saved;
	return sysctl_write(name, value, error);
}

static enum fault sysctls_set(struct kernel_host *kernel, const struct host_config *config,
                              char *error)
{
	enum fault failure = FAULT_NONE;

	for (const struct setting *row = config->sysctls; row && failure == FAULT_NONE;
	     row = row->next) {
		failure = sysctl_set(kernel, row->name, row->value, error);
		if (failure != FAULT_NONE && config->blame)
			*config->blame = row->where;
	}
	return failure;
}

/* Sets up the namespace, up to a device that carries packets. */
static enum fault network_open(struct kernel_host *kernel, const struct host_config *config,
                               char *error)
{
	enum fault failure = FAULT_NONE;

	if (!config->keep_namespace)
		failure = netns_enter(error);
	if (failure == FAULT_NONE)
		failure = sysctls_set(kernel, config, error);
	if (failure == FAULT_NONE && config->far)
		failure = config->far->device(config->far->context, &kernel->tun.index, error);
	else if (failure == FAULT_NONE)
		failure = tun_open(&kernel->tun, !config->keep_namespace, error);
	if (failure == FAULT_NONE && config->speed && !config->far)
		failure = tun_set_speed(config->speed, error);
	if (failure == FAULT_NONE)
		failure = device_configure(kernel, error);
	return failure;
}

static enum fault peer_open(struct kernel_host *kernel, const struct host_config *config,
                            char *error)
{
	enum fault failure;

	if (config->far)
		return fault_say(FAULT_MISSING, error,
		                 "both ends are real here, and --wire_client has one");
	failure = link_open(&kernel->link, config, &kernel->tun, kernel->capture,
	                    &kernel->processes, error);

	if (failure != FAULT_NONE)
		return failure;
	kernel->host.wire = &link_wire;
	kernel->host.far = link_far(kernel->link);
	return FAULT_NONE;
}

/* Opens what needs the network: capture, injection, diagnosis. */
static enum fault tools_open(struct kernel_host *kernel, const struct host_config *config,
                             char *error)
{
	enum fault failure = netlink_diag_open(&kernel->diag, kernel->tun.index, error);

	if (failure == FAULT_NONE)
		failure = inject_open(&kernel->inject, error);
	if (failure == FAULT_NONE)
		failure = capture_open(&kernel->capture, config->far ? 0 : kernel->tun.index,
		                       config->real_peer ? NULL : config->pcap_path, config->lost,
		                       error);
	if (failure == FAULT_NONE && config->real_peer)
		failure = peer_open(kernel, config, error);
	if (failure != FAULT_NONE)
		return failure;
	kernel->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	kernel->rings = rings_open();
	if (kernel->rings)
		kernel->caller =
			caller_open(kernel->wake_fd, signals_stopped(), rings_make, kernel->rings);
	if (kernel->wake_fd < 0 || !kernel->caller)
		return fault_say(FAULT_BROKEN, error, "eventfd: %s", strerror(errno));
	kernel->processes.caller = kernel->caller;
	kernel->processes.own_namespace = !config->keep_namespace;
	/* In a new namespace all counters are 0. */
	if (config->keep_namespace)
		counters_mark(&kernel->mark);
	return FAULT_NONE;
}

/* Without them nothing is lost but evidence. */
static void listen_for_reasons(struct kernel_host *kernel)
{
	char error[FAULT_TEXT];

	kernel->reasons = reasons_open(error);
	if (!kernel->reasons && kernel->config.untold)
		memcpy(kernel->config.untold, error, FAULT_TEXT);
	if (!kernel->reasons)
		return;
	kernel->asking = kernel_look;
	kernel->asking.fate = kernel_fate;
	kernel->host.look = &kernel->asking;
}

struct host *host_kernel_open(const struct host_config *config, enum fault *failure,
                              char error[FAULT_TEXT])
{
	struct kernel_host *kernel = calloc(1, sizeof(*kernel));

	if (!kernel) {
		*failure = fault_say(FAULT_BROKEN, error, "%s", strerror(errno));
		return NULL;
	}
	kernel->host = (struct host){
		.name = "this kernel",
		.wire = &kernel_wire,
		.calls = &kernel_calls,
		.look = &kernel_look,
		.clock = &kernel_clock,
		.close = kernel_close,
	};
	clock_set_grain(config->virtual_time ? CLOCK_GRAIN_VIRTUAL : 1);
	kernel->config = *config;
	kernel->wake_fd = kernel->tun.fd = -1;
	*failure = network_open(kernel, config, error);
	if (*failure == FAULT_NONE)
		*failure = tools_open(kernel, config, error);
	if (*failure == FAULT_NONE && config->reasons && !config->real_peer)
		listen_for_reasons(kernel);
	if (*failure != FAULT_NONE) {
		kernel_close(&kernel->host);
		return NULL;
	}
	signals_open(kernel->wake_fd);
	/* So that sleeps end in time. Threads that are made later inherit it. */
	prctl(PR_SET_TIMERSLACK, 1UL);
	return &kernel->host;
}

void host_kernel_prepare(bool pcap_files)
{
	int on = 1, fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	/* Without it, the first stamps may be late; nothing else is lost. */
	if (fd >= 0 && setsockopt(fd, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof(on)) < 0)
		close(fd);
	if (pcap_files)
		pcap_file_prepare();
}

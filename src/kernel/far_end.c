#include "kernel/far_end.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fault.h"
#include "kernel/capture.h"
#include "kernel/counters.h"
#include "kernel/guard.h"
#include "kernel/netlink.h"
#include "kernel/netns.h"

struct far_end {
	struct host host;
	struct host_config config;
	int near_fd, far_fd; /* the namespaces; -1: not there */
	struct tun tun;
	struct netlink_diag diag;
	struct capture *capture;
	struct cable *cable;
	struct processes *processes;
};

static struct far_end *far_of(struct host *host)
{
	return (struct far_end *)host;
}

/* ---- in the far namespace for a moment: what a process is started in, it stays in ---- */

static bool go(struct far_end *far, int namespace_fd)
{
	if (netns_go(namespace_fd))
		return true;
	fault_say(FAULT_BROKEN, far->host.error, "going to the other end of the link: %s",
	          strerror(errno));
	return false;
}

static bool far_fork(struct host *host, unsigned *process)
{
	struct far_end *far = far_of(host);

	bool done = go(far, far->far_fd) && processes_fork(far->processes, process, host->error);
	return go(far, far->near_fd) && done;
}

static bool far_spawn(struct host *host, const char *text, unsigned *process)
{
	struct far_end *far = far_of(host);

	bool done =
		go(far, far->far_fd) && processes_spawn(far->processes, text, process, host->error);
	return go(far, far->near_fd) && done;
}

static bool far_counter(struct host *host, const char *name, uint64_t *value)
{
	struct far_end *far = far_of(host);

	if (!go(far, far->far_fd))
		return false;
	bool there = counter_read(name, value);
	if (!there)
		fault_say(FAULT_MISSING, host->error, "this kernel has no counter %s", name);
	return go(far, far->near_fd) && there;
}

/* ---- from where we are ---- */

static bool far_observe(struct host *host, const struct tcp_tuple *tuple,
                        struct tcp_status *connection)
{
	return netlink_diag_find(&far_of(host)->diag, tuple, connection, host->error);
}

static bool far_link(struct host *host, bool up)
{
	struct far_end *far = far_of(host);

	if (!go(far, far->far_fd))
		return false;
	enum fault failure = up ? netlink_configure(&far->config, far->tun.index, host->error)
	                        : netlink_down(far->tun.index, host->error);
	return go(far, far->near_fd) && failure == FAULT_NONE;
}

static bool far_lose(struct host *host, int count)
{
	cable_lose(far_of(host)->cable, CABLE_FAR, count);
	return true;
}

static bool far_delay(struct host *host, usec_t delay)
{
	cable_delay(far_of(host)->cable, CABLE_FAR, delay);
	return true;
}

static const struct wire_ops far_wire = {
	.link = far_link,
	.lose = far_lose,
	.delay = far_delay,
};
static const struct call_ops far_calls = { .fork = far_fork, .spawn = far_spawn };
static const struct look_ops far_look = { .observe = far_observe, .counter = far_counter };

/* ---- opening ---- */

/* The same link, seen from its other end. */
static struct host_config turned(const struct host_config *near)
{
	struct host_config config = *near;

	config.local = config.gateway = near->remote;
	config.local_prefix = near->remote_prefix;
	config.remote = near->local;
	config.remote_prefix = near->local_prefix;
	config.anyip = false;
	return config;
}

static enum fault sysctls_set(const struct host_config *config, char *error)
{
	enum fault failure = FAULT_NONE;

	for (const struct setting *row = config->sysctls; row && failure == FAULT_NONE;
	     row = row->next) {
		failure = sysctl_write(row->name, row->value, error);
		if (failure != FAULT_NONE && config->blame)
			*config->blame = row->where;
	}
	return failure;
}

/* All that is opened in the namespace that it is about. */
static enum fault furnish(struct far_end *far, char *error)
{
	const struct host_config *config = &far->config;
	enum fault failure = sysctls_set(config, error);

	if (failure == FAULT_NONE)
		failure = tun_open(&far->tun, true, error);
	if (failure == FAULT_NONE && config->speed)
		failure = tun_set_speed(config->speed, error);
	if (failure == FAULT_NONE)
		failure = netlink_configure(config, far->tun.index, error);
	if (failure == FAULT_NONE)
		failure = netlink_diag_open(&far->diag, far->tun.index, error);
	if (failure == FAULT_NONE)
		failure = capture_open(&far->capture, far->tun.index, NULL, NULL, error);
	return failure;
}

static enum fault make(struct far_end *far, const struct tun *near, char *error)
{
	enum fault failure = netns_open(&far->near_fd, error);

	if (failure != FAULT_NONE)
		return failure;
	if (!far->config.keep_namespace)
		guard_namespace(far->near_fd);
	failure = netns_enter_another(error);
	if (failure != FAULT_NONE)
		return failure;
	failure = netns_open(&far->far_fd, error);
	if (failure == FAULT_NONE) {
		guard_namespace(far->far_fd);
		failure = furnish(far, error);
	}
	if (!netns_go(far->near_fd))
		return fault_say(FAULT_BROKEN, error, "back to the near end: %s", strerror(errno));
	if (failure == FAULT_NONE)
		failure = cable_open(&far->cable, near, &far->tun, error);
	return failure;
}

enum fault far_end_open(struct far_end **result, const struct host_config *config,
                        const struct tun *near, struct processes *processes, char *error)
{
	struct far_end *far = calloc(1, sizeof(*far));
	enum fault failure;

	if (!far)
		return fault_say(FAULT_BROKEN, error, "the far end: %s", strerror(errno));
	far->host = (struct host){
		.name = "the far end",
		.wire = &far_wire,
		.calls = &far_calls,
		.look = &far_look,
	};
	far->config = turned(config);
	far->near_fd = far->far_fd = far->tun.fd = -1;
	far->processes = processes;
	failure = make(far, near, error);
	if (failure == FAULT_NONE)
		*result = far;
	else
		far_end_close(far);
	return failure;
}

void far_end_close(struct far_end *far)
{
	if (!far)
		return;
	cable_close(far->cable);
	capture_close(far->capture);
	netlink_diag_close(&far->diag);
	tun_close(&far->tun);
	if (far->near_fd >= 0)
		close(far->near_fd);
	if (far->far_fd >= 0)
		close(far->far_fd);
	free(far);
}

struct host *far_end_host(struct far_end *far)
{
	return &far->host;
}

struct cable *far_end_cable(struct far_end *far)
{
	return far->cable;
}

struct capture *far_end_capture(struct far_end *far)
{
	return far->capture;
}

#include "stacks/host_shared_object.h"

#include <dlfcn.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "capture/pcap_file.h"
#include "kernel/caller.h"
#include "kernel/clock.h"
#include "kernel/signals.h"
#include "stacks/stack.h"
#include "stacks/stack_calls.h"
#include "stacks/stack_sysctls.h"
#include "stacks/stack_wire.h"

/* As packetdrill loads it; a sanitizer's own malloc() must come first. */
#if defined(__SANITIZE_ADDRESS__)
#define OWN_SYMBOLS_FIRST 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define OWN_SYMBOLS_FIRST 0
#endif
#endif
#ifndef OWN_SYMBOLS_FIRST
#define OWN_SYMBOLS_FIRST RTLD_DEEPBIND
#endif

enum { SLICE = 1000 }; /* microseconds of a sleep that only the stack can make */

struct shared_object {
	struct host host;
	struct packetdrill_interface functions;
	struct tcpclose_stack stack;
	struct call_ops calls; /* that of the table below */
	int wake_fd;
	struct caller *caller;
	struct stack_wire *wire;
	struct pcap_file *pcap; /* NULL: none is written */
	uint8_t packet[SEGMENT_BYTES_MAX];
};

static struct shared_object *object_of(struct host *host)
{
	return (struct shared_object *)host;
}

/* ---- time: the stack's own, if it has one ---- */

static usec_t object_now(struct host *host)
{
	const struct packetdrill_interface *stack = &object_of(host)->functions;
	struct timeval now;

	if (!stack->gettimeofday || stack->gettimeofday(stack->userdata, &now, NULL) != 0)
		return clock_now();
	return (usec_t)now.tv_sec * USEC_PER_SEC + now.tv_usec;
}

/* Until something happens, or the deadline, or sooner. */
static bool object_sleep(struct shared_object *object, usec_t left)
{
	const struct packetdrill_interface *stack = &object->functions;
	struct pollfd file = { .fd = object->wake_fd, .events = POLLIN };
	struct timespec timeout = { left / USEC_PER_SEC, left % USEC_PER_SEC * NSEC_PER_USEC };
	bool own = stack->usleep && stack->gettimeofday;
	uint64_t count;

	if (own) {
		stack->usleep(stack->userdata, (useconds_t)(left < SLICE ? left : SLICE));
		timeout = (struct timespec){ 0, 0 };
	}
	if (ppoll(&file, 1, left == USEC_FOREVER && !own ? NULL : &timeout, NULL) < 0 &&
	    errno != EINTR) {
		fault_say(FAULT_BROKEN, object->host.error, "waiting: %s", strerror(errno));
		return false;
	}
	if (file.revents && read(object->wake_fd, &count, sizeof(count)) < 0 && errno != EAGAIN) {
		fault_say(FAULT_BROKEN, object->host.error, "waking: %s", strerror(errno));
		return false;
	}
	return true;
}

/* ---- packets ---- */

static void keep_packet(struct shared_object *object, const uint8_t *bytes, size_t length,
                        usec_t at)
{
	const struct timespec time = { at / USEC_PER_SEC, at % USEC_PER_SEC * NSEC_PER_USEC };

	if (object->pcap)
		pcap_file_add(object->pcap, bytes, length, length, time);
}

static bool object_inject(struct host *host, const struct segment *segment, usec_t *at)
{
	struct shared_object *object = object_of(host);
	size_t length = segment_encode(segment, object->packet);

	*at = object_now(host);
	keep_packet(object, object->packet, length, *at);
	if (object->functions.netdev_send(object->functions.userdata, object->packet, length) == 0)
		return true;
	fault_say(FAULT_BROKEN, host->error, "the stack does not take the packet");
	return false;
}

static enum host_wake object_wait(struct host *host, usec_t deadline, struct host_packet *packet)
{
	struct shared_object *object = object_of(host);

	for (;;) {
		usec_t now = object_now(host);

		if (atomic_load(signals_stopped()))
			return HOST_STOPPED;
		if (stack_wire_next(object->wire, packet)) {
			keep_packet(object, packet->bytes, packet->length, packet->at);
			return HOST_PACKET;
		}
		if (caller_harvest(object->caller))
			return HOST_CALL;
		if (now >= deadline)
			return HOST_TIME;
		if (!object_sleep(object, deadline == USEC_FOREVER ? USEC_FOREVER : deadline - now))
			return HOST_BROKEN;
	}
}

/* ---- calls ---- */

/* Called on the thread that makes the call. */
static void make_call(void *context, struct host_call *call)
{
	struct shared_object *object = context;

	call->started = object_now(&object->host);
	stack_call_make(&object->functions, call);
	call->ended = object_now(&object->host);
}

static bool object_offers(const struct host *host, const char *name)
{
	return stack_call_offered(&((const struct shared_object *)host)->functions, name);
}

static void object_call(struct host *host, struct host_call *call)
{
	caller_call(object_of(host)->caller, call);
}

static bool object_begin(struct host *host, struct host_call *call)
{
	if (caller_begin(object_of(host)->caller, call))
		return true;
	fault_say(FAULT_BROKEN, host->error, "no thread for %s: %s", call->name, strerror(errno));
	return false;
}

/* ---- states ---- */

static bool object_observe(struct host *host, const struct tcp_tuple *tuple,
                           struct tcp_status *connection)
{
	struct shared_object *object = object_of(host);
	struct tcpclose_state state = { .state = STATE_CLOSED };
	struct sockaddr_storage local, remote;

	ip_address_to_sockaddr(&tuple->local, tuple->local_port, &local);
	ip_address_to_sockaddr(&tuple->remote, tuple->remote_port, &remote);
	if (object->stack.state(object->functions.userdata, (const struct sockaddr *)&local,
	                        (const struct sockaddr *)&remote, &state) != 0) {
		fault_say(FAULT_BROKEN, host->error, "the stack does not tell the state");
		return false;
	}
	if (state.state <= 0 || state.state >= STATE_COUNT || state.timer < 0 ||
	    state.timer >= TIMER_COUNT) {
		fault_say(FAULT_BROKEN, host->error,
		          "the stack tells state %d, timer %d: there is none", state.state,
		          state.timer);
		return false;
	}
	*connection = (struct tcp_status){ .state = (enum tcp_state)state.state,
		                           .timer = (enum tcp_timer)state.timer,
		                           .expires = state.expires,
		                           .retransmits = state.retransmits,
		                           .receive_queue = state.receive_queue,
		                           .send_queue = state.send_queue,
		                           .inode = state.state != STATE_CLOSED };
	return true;
}

/* The signals are this process's, whatever the stack. */
static unsigned object_signals(struct host *host, int number)
{
	(void)host;
	return signals_taken(number);
}

/* ---- the tables ---- */

static void object_close(struct host *host)
{
	struct shared_object *object = object_of(host);
	bool quiet = stack_wire_close(object->wire);

	caller_close(object->caller);
	pcap_file_close(object->pcap);
	signals_close();
	if (quiet && object->functions.free)
		object->functions.free(object->functions.userdata);
	if (!quiet)
		return; /* its thread still uses all this; the process ends soon */
	close(object->wake_fd);
	free(object);
}

static const struct wire_ops object_wire = {
	.inject = object_inject,
	.wait = object_wait,
};

static const struct call_ops object_calls = {
	.call = object_call,
	.begin = object_begin,
	.offers = object_offers,
};

static const struct look_ops object_look = {
	.signals = object_signals,
};

static const struct look_ops object_look_at_states = {
	.observe = object_observe,
	.signals = object_signals,
};

static const struct clock_ops object_clock = {
	.now = object_now,
};

/* ---- opening ---- */

static void set_ends(struct tcpclose_ends *ends, const struct host_config *config)
{
	ip_address_to_sockaddr(&config->local, 0, &ends->local);
	ip_address_to_sockaddr(&config->gateway, 0, &ends->gateway);
	ip_address_to_sockaddr(&config->remote, 0, &ends->remote);
	ends->prefix = config->local_prefix;
}

/* What the object has besides packetdrill's interface; false when it refuses this world. */
static enum fault introduce(struct shared_object *object, void *handle,
                            const struct host_config *config, char *error)
{
	struct tcpclose_world world = { .version = TCPCLOSE_STACK_VERSION,
		                        .mtu = config->mtu ? config->mtu : 1500 };
	char why[FAULT_TEXT / 2] = "";
	int (*init)(const struct tcpclose_world *world, struct tcpclose_stack *stack, char *why,
	            size_t size);

	*(void **)&init = dlsym(handle, "tcpclose_stack_init");
	if (!init)
		return FAULT_NONE;
	set_ends(config->local.family == AF_INET6 ? &world.ipv6 : &world.ipv4, config);
	if (init(&world, &object->stack, why, sizeof(why)) != 0)
		return fault_say(FAULT_MISSING, error, "the stack cannot be played on here: %s",
		                 why);
	if (object->stack.version != TCPCLOSE_STACK_VERSION)
		return fault_say(FAULT_BROKEN, error,
		                 "the stack is for version %u of the interface, and this is %d",
		                 object->stack.version, TCPCLOSE_STACK_VERSION);
	return FAULT_NONE;
}

static enum fault load(struct shared_object *object, const struct host_config *config,
                       const char *path, const char *flags, char *error)
{
	char with_folder[4096];
	enum fault failure;
	void *handle;
	void (*init)(const char *flags, struct packetdrill_interface *interface);

	/* A name without a folder would be looked for among the system's libraries. */
	snprintf(with_folder, sizeof(with_folder), "%s%s", strchr(path, '/') ? "" : "./", path);
	handle = dlopen(with_folder, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE | OWN_SYMBOLS_FIRST);
	if (!handle)
		return fault_say(FAULT_BROKEN, error, "--so_filename: %s", dlerror());
	*(void **)&init = dlsym(handle, "packetdrill_interface_init");
	if (!init)
		return fault_say(FAULT_BROKEN, error,
		                 "--so_filename: %s has no packetdrill_interface_init()", path);
	failure = introduce(object, handle, config, error);
	if (failure != FAULT_NONE)
		return failure;
	init(flags, &object->functions);
	if (!object->functions.netdev_send || !object->functions.netdev_receive)
		return fault_say(FAULT_BROKEN, error,
		                 "--so_filename: %s neither takes nor sends packets", path);
	return FAULT_NONE;
}

static enum fault start(struct shared_object *object, const struct host_config *config, char *error)
{
	enum fault failure = FAULT_NONE;

	object->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (config->pcap_path)
		failure = pcap_file_open(&object->pcap, config->pcap_path, config->lost, error);
	if (failure != FAULT_NONE)
		return failure;
	object->caller = caller_open(object->wake_fd, signals_stopped(), make_call, object);
	object->wire = stack_wire_open(&object->functions, object->wake_fd);
	if (object->wake_fd < 0 || !object->caller || !object->wire)
		return fault_say(FAULT_BROKEN, error, "threads for the stack: %s", strerror(errno));
	signals_open(object->wake_fd);
	return FAULT_NONE;
}

struct host *host_shared_object_open(const struct host_config *config, const char *path,
                                     const char *flags, enum fault *failure, char error[FAULT_TEXT])
{
	struct shared_object *object = calloc(1, sizeof(*object));
	const struct setting *needed = stack_sysctl_needed(config->sysctls);

	*failure = FAULT_BROKEN;
	if (!object) {
		fault_say(FAULT_BROKEN, error, "%s", strerror(errno));
		return NULL;
	}
	if (needed) {
		if (config->blame)
			*config->blame = needed->where;
		*failure =
			fault_say(FAULT_MISSING, error, "a stack has no sysctl %s", needed->name);
	} else {
		*failure = load(object, config, path, flags, error);
	}
	if (*failure == FAULT_NONE)
		*failure = start(object, config, error);
	if (*failure != FAULT_NONE) {
		free(object);
		return NULL;
	}
	object->host =
		(struct host){ .name = object->stack.name ? object->stack.name : "this stack",
		               .foreign = true,
		               .wire = &object_wire,
		               .calls = &object_calls,
		               .look = object->stack.state ? &object_look_at_states : &object_look,
		               .clock = &object_clock,
		               .close = object_close };
	return &object->host;
}

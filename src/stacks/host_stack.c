#include "stacks/host_stack.h"

#include <errno.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "capture/pcap_file.h"
#include "kernel/caller.h"
#include "kernel/clock.h"
#include "kernel/signals.h"
#include "stacks/process_stack.h"
#include "stacks/shared_object.h"
#include "stacks/stack_calls.h"
#include "stacks/stack_sysctls.h"
#include "stacks/stack_wire.h"

enum { SLICE = 1000 }; /* microseconds of a sleep that only the stack can make */

struct host_stack {
	struct host host;
	struct stack_source source;
	bool driven;             /* its clock is ours to let go on */
	atomic_bool in_step;     /* ... and the stack has done all that it has to do until now */
	struct ip_address local; /* what it sends is from here, unless any address is its own */
	bool anyip;
	int wake_fd;
	struct caller *caller;
	struct stack_wire *wire;
	struct pcap_file *pcap; /* NULL: none is written */
	uint8_t packet[SEGMENT_BYTES_MAX];
};

static struct host_stack *stack_of(struct host *host)
{
	return (struct host_stack *)host;
}

/* ---- time: the stack's own, if it has one ---- */

static usec_t world_now(struct host *host)
{
	const struct packetdrill_interface *stack = &stack_of(host)->source.functions;
	struct timeval now;

	if (!stack->gettimeofday || stack->gettimeofday(stack->userdata, &now, NULL) != 0)
		return clock_now();
	return (usec_t)now.tv_sec * USEC_PER_SEC + now.tv_usec;
}

/*
 * Lets a clock that is ours go on until something happens, or the deadline. What wakes the threads
 * in calls has done so when the stack answers; they are given the time to return.
 */
static void let_time_pass(struct host_stack *stack, usec_t now, usec_t deadline)
{
	/* First what our packets and calls have set off, which takes no time. */
	usec_t until = deadline < now || !stack->in_step ? now : deadline;

	if (until > now + USEC_PER_SEC)
		until = now + USEC_PER_SEC;
	stack->source.more.advance(stack->source.functions.userdata, until);
	caller_settle(stack->caller);
	stack->in_step = true;
}

/* Until something happens, or the deadline, or sooner. */
static bool world_sleep(struct host_stack *stack, usec_t left)
{
	const struct packetdrill_interface *functions = &stack->source.functions;
	struct pollfd file = { .fd = stack->wake_fd, .events = POLLIN };
	struct timespec timeout = { left / USEC_PER_SEC, left % USEC_PER_SEC * NSEC_PER_USEC };
	bool own = functions->usleep && functions->gettimeofday;
	uint64_t count;

	if (own) {
		functions->usleep(functions->userdata, (useconds_t)(left < SLICE ? left : SLICE));
		timeout = (struct timespec){ 0, 0 };
	}
	if (ppoll(&file, 1, left == USEC_FOREVER && !own ? NULL : &timeout, NULL) < 0 &&
	    errno != EINTR) {
		fault_say(FAULT_BROKEN, stack->host.error, "waiting: %s", strerror(errno));
		return false;
	}
	if (file.revents && read(stack->wake_fd, &count, sizeof(count)) < 0 && errno != EAGAIN) {
		fault_say(FAULT_BROKEN, stack->host.error, "waking: %s", strerror(errno));
		return false;
	}
	return true;
}

/* ---- packets ---- */

static void keep_packet(struct host_stack *stack, const uint8_t *bytes, size_t length, usec_t at)
{
	const struct timespec time = { at / USEC_PER_SEC, at % USEC_PER_SEC * NSEC_PER_USEC };

	if (stack->pcap)
		pcap_file_add(stack->pcap, bytes, length, length, time);
}

static bool world_inject(struct host *host, const struct segment *segment, usec_t *at)
{
	struct host_stack *stack = stack_of(host);
	size_t length = segment_encode(segment, stack->packet);

	stack->in_step = false;
	*at = world_now(host);
	keep_packet(stack, stack->packet, length, *at);
	if (stack->source.functions.netdev_send(stack->source.functions.userdata, stack->packet,
	                                        length) == 0)
		return true;
	fault_say(FAULT_BROKEN, host->error, "the stack does not take the packet");
	return false;
}

/* What a stack sends comes from it. */
static void check_source(const struct host_stack *stack, struct host_packet *packet)
{
	if (!packet->bad && !stack->anyip &&
	    !ip_address_equal(&packet->segment.source, &stack->local))
		packet->bad = "it does not come from the stack's address";
}

static enum host_wake world_wait(struct host *host, usec_t deadline, struct host_packet *packet)
{
	struct host_stack *stack = stack_of(host);

	for (;;) {
		usec_t now = world_now(host);

		if (atomic_load(signals_stopped()))
			return HOST_STOPPED;
		if (stack_wire_next(stack->wire, packet)) {
			keep_packet(stack, packet->bytes, packet->length, packet->at);
			check_source(stack, packet);
			return HOST_PACKET;
		}
		if (caller_harvest(stack->caller))
			return HOST_CALL;
		if (now >= deadline && (!stack->driven || stack->in_step))
			return HOST_TIME;
		if (stack->driven) {
			let_time_pass(stack, now, deadline);
			continue;
		}
		if (!world_sleep(stack, deadline == USEC_FOREVER ? USEC_FOREVER : deadline - now))
			return HOST_BROKEN;
	}
}

/* ---- calls ---- */

/* Called on the thread that makes the call. */
static void make_call(void *context, struct host_call *call)
{
	struct host_stack *stack = context;

	stack->in_step = false;
	call->started = world_now(&stack->host);
	stack_call_make(&stack->source.functions, call);
	call->ended = world_now(&stack->host);
}

static bool world_offers(const struct host *host, const char *name)
{
	return stack_call_offered(&((const struct host_stack *)host)->source.functions, name);
}

static void world_call(struct host *host, struct host_call *call)
{
	caller_call(stack_of(host)->caller, call);
}

static bool world_begin(struct host *host, struct host_call *call)
{
	if (caller_begin(stack_of(host)->caller, call))
		return true;
	fault_say(FAULT_BROKEN, host->error, "no thread for %s: %s", call->name, strerror(errno));
	return false;
}

/* ---- states ---- */

static bool world_observe(struct host *host, const struct tcp_tuple *tuple,
                          struct tcp_status *connection)
{
	struct host_stack *stack = stack_of(host);
	struct tcpclose_state state = { .state = STATE_CLOSED };
	struct sockaddr_storage local, remote;

	ip_address_to_sockaddr(&tuple->local, tuple->local_port, &local);
	ip_address_to_sockaddr(&tuple->remote, tuple->remote_port, &remote);
	if (stack->source.more.state(stack->source.functions.userdata,
	                             (const struct sockaddr *)&local,
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
static unsigned world_signals(struct host *host, int kind)
{
	(void)host;
	return signals_taken(kind);
}

/* ---- the tables ---- */

static void world_close(struct host *host)
{
	struct host_stack *stack = stack_of(host);
	bool quiet = stack_wire_close(stack->wire);

	caller_close(stack->caller);
	pcap_file_close(stack->pcap);
	signals_close();
	if (quiet && stack->source.functions.free)
		stack->source.functions.free(stack->source.functions.userdata);
	if (!quiet)
		return; /* its thread still uses all this; the process ends soon */
	close(stack->wake_fd);
	free(stack);
}

static const char *world_trouble(struct host *host)
{
	const struct stack_source *source = &stack_of(host)->source;

	return source->trouble ? source->trouble(source->functions.userdata) : NULL;
}

static const struct wire_ops world_wire = {
	.inject = world_inject,
	.wait = world_wait,
};

static const struct call_ops world_calls = {
	.call = world_call,
	.begin = world_begin,
	.offers = world_offers,
};

static const struct look_ops world_look = {
	.signals = world_signals,
};

static const struct look_ops world_look_at_states = {
	.observe = world_observe,
	.signals = world_signals,
};

static const struct clock_ops world_clock = {
	.now = world_now,
};

/* ---- opening ---- */

static void set_ends(struct tcpclose_ends *ends, const struct host_config *config)
{
	ip_address_to_sockaddr(&config->local, 0, &ends->local);
	ip_address_to_sockaddr(&config->gateway, 0, &ends->gateway);
	ip_address_to_sockaddr(&config->remote, 0, &ends->remote);
	ends->prefix = config->local_prefix;
}

static void set_world(struct tcpclose_world *world, const struct host_config *config, bool driven)
{
	*world = (struct tcpclose_world){ .version = TCPCLOSE_STACK_VERSION,
		                          .mtu = config->mtu ? config->mtu : 1500,
		                          .start = driven ? clock_now() : 0 };
	set_ends(config->local.family == AF_INET6 ? &world->ipv6 : &world->ipv4, config);
}

static enum fault refuse_sysctl(const struct setting *needed, const struct host_config *config,
                                char *error)
{
	if (config->blame)
		*config->blame = needed->where;
	return fault_say(FAULT_MISSING, error, "a stack has no sysctl %s", needed->name);
}

/* The stack itself. */
static enum fault find(struct host_stack *stack, const struct host_config *config,
                       const struct stack_choice *choice, char *error)
{
	const struct setting *needed = stack_sysctl_needed(config->sysctls);
	struct tcpclose_world world;
	enum fault failure;

	if (needed)
		return refuse_sysctl(needed, config, error);
	if (choice->so_filename && choice->command)
		return fault_say(FAULT_BROKEN, error, "--so_filename and --stack name two stacks");
	set_world(&world, config, choice->drive_clock);
	stack->driven = choice->drive_clock;
	failure = choice->command
	                  ? process_stack_open(&world, choice->command, &stack->source, error)
	                  : shared_object_load(&world, choice->so_filename, choice->so_flags,
	                                       &stack->source, error);
	if (failure == FAULT_NONE && stack->driven && !stack->source.more.advance)
		return fault_say(FAULT_MISSING, error,
		                 "%s has no clock that others could drive (--drive_clock)",
		                 stack->source.more.name ? stack->source.more.name : "this stack");
	return failure;
}

static enum fault start(struct host_stack *stack, const struct host_config *config, char *error)
{
	enum fault failure = FAULT_NONE;

	stack->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (config->pcap_path)
		failure = pcap_file_open(&stack->pcap, config->pcap_path, config->lost, error);
	if (failure != FAULT_NONE)
		return failure;
	stack->caller = caller_open(stack->wake_fd, signals_stopped(), make_call, stack);
	stack->wire = stack_wire_open(&stack->source.functions, stack->wake_fd, stack->driven);
	if (stack->wake_fd < 0 || !stack->caller || !stack->wire)
		return fault_say(FAULT_BROKEN, error, "threads for the stack: %s", strerror(errno));
	signals_open(stack->wake_fd);
	return FAULT_NONE;
}

static void fill_in(struct host_stack *stack, const struct host_config *config)
{
	const struct tcpclose_stack *more = &stack->source.more;

	stack->local = ip_address_unmap(&config->local);
	stack->anyip = config->anyip;
	stack->host = (struct host){ .name = more->name ? more->name : "this stack",
		                     .foreign = true,
		                     .wire = &world_wire,
		                     .calls = &world_calls,
		                     .look = more->state ? &world_look_at_states : &world_look,
		                     .clock = &world_clock,
		                     .trouble = world_trouble,
		                     .close = world_close };
}

struct host *host_stack_open(const struct host_config *config, const struct stack_choice *choice,
                             enum fault *failure, char error[FAULT_TEXT])
{
	struct host_stack *stack = calloc(1, sizeof(*stack));

	*failure = FAULT_BROKEN;
	if (!stack) {
		fault_say(FAULT_BROKEN, error, "%s", strerror(errno));
		return NULL;
	}
	*failure = find(stack, config, choice, error);
	fill_in(stack, config);
	if (*failure == FAULT_NONE)
		*failure = start(stack, config, error);
	if (*failure == FAULT_NONE)
		return &stack->host;
	if (stack->source.functions.free)
		stack->source.functions.free(stack->source.functions.userdata);
	free(stack);
	return NULL;
}

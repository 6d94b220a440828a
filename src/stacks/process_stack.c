#include "stacks/process_stack.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "stacks/process_calls.h"
#include "stacks/process_words.h"

enum { PACKET_WAIT = 100 }; /* milliseconds */

static struct stack_link *link_of(void *userdata)
{
	return ((struct process_stack *)userdata)->link;
}

/* ---- packets, time, states ---- */

static int netdev_send(void *userdata, const void *bytes, size_t count)
{
	return stack_link_packet(link_of(userdata), bytes, count) ? 0 : -1;
}

static int netdev_receive(void *userdata, void *bytes, size_t *count, long long *time_usecs)
{
	stack_link_next(link_of(userdata), bytes, count, time_usecs, PACKET_WAIT);
	return 0;
}

static int netdev_look(void *userdata, void *bytes, size_t *count, long long *time_usecs)
{
	stack_link_next(link_of(userdata), bytes, count, time_usecs, 0);
	return 0;
}

static int now(void *userdata, struct timeval *time, struct timezone *zone)
{
	int64_t usecs = stack_link_now(link_of(userdata));

	(void)zone;
	*time = (struct timeval){ usecs / USEC_PER_SEC, usecs % USEC_PER_SEC };
	return 0;
}

static int64_t advance(void *userdata, int64_t until)
{
	return stack_link_advance(link_of(userdata), until);
}

static int state(void *userdata, const struct sockaddr *local, const struct sockaddr *remote,
                 struct tcpclose_state *seen)
{
	struct answer answer = { .room = NULL };
	char ends[2][END_WORDS];
	socklen_t length = sizeof(struct sockaddr_in6);

	if (!stack_link_ask(link_of(userdata), &answer, "state", NULL, 0, "%s %s",
	                    words_of_end(local, length, ends[0]),
	                    words_of_end(remote, length, ends[1])) ||
	    answer.message.kind != MESSAGE_STATE)
		return -1;
	*seen = answer.message.state;
	return 0;
}

static const char *trouble(void *userdata)
{
	return stack_link_trouble(link_of(userdata));
}

static void end(void *userdata)
{
	stack_link_close(link_of(userdata));
	free(userdata);
}

/* ---- what it offers ---- */

/* One word of hello: "state", "clock", or a call. */
static bool take_offer(const char *word, struct stack_source *source)
{
	if (!strcmp(word, "state"))
		source->more.state = state;
	else if (!strcmp(word, "clock"))
		source->more.advance = advance;
	else
		return process_call_offer(&source->functions, word);
	return true;
}

/* "socket bind listen state clock name Tiny TCP": the name is the rest of the line. */
static enum fault take_hello(struct process_stack *stack, char *words, struct stack_source *source,
                             char *error)
{
	char *word;

	snprintf(stack->name, sizeof(stack->name), "this stack");
	while (protocol_word(&words, &word)) {
		if (!strcmp(word, "name")) {
			snprintf(stack->name, sizeof(stack->name), "%.99s", words);
			break;
		}
		if (!take_offer(word, source))
			return fault_say(FAULT_BROKEN, error,
			                 "the stack offers '%.40s', which nobody knows", word);
	}
	return FAULT_NONE;
}

enum fault process_stack_open(const struct tcpclose_world *world, const char *command,
                              struct stack_source *source, char error[FAULT_TEXT])
{
	struct process_stack *stack = calloc(1, sizeof(*stack));
	struct answer hello = { .room = NULL };
	enum fault failure = FAULT_BROKEN;

	memset(source, 0, sizeof(*source));
	if (!stack)
		return fault_say(FAULT_BROKEN, error, "%s", strerror(errno));
	stack->link = stack_link_open(world, command, &hello, &failure, error);
	if (stack->link)
		failure = take_hello(stack, hello.message.words, source, error);
	if (failure != FAULT_NONE) {
		if (stack->link)
			stack_link_close(stack->link);
		free(stack);
		return failure;
	}
	source->functions.userdata = stack;
	source->functions.free = end;
	source->functions.netdev_send = netdev_send;
	source->functions.netdev_receive = world->start ? netdev_look : netdev_receive;
	source->functions.gettimeofday = world->start ? now : NULL;
	source->more.version = TCPCLOSE_STACK_VERSION;
	source->more.name = stack->name;
	source->trouble = trouble;
	return FAULT_NONE;
}

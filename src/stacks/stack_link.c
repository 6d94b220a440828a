/*
 * Theory: the reader is the only one who receives. It keeps packets in a queue, and gives an answer
 * to who waits for it by its number. While we let the stack's clock go on, answers to calls are
 * held back until the stack has said where the clock stands, so that a call that returns then
 * returns at that time.
 */
#include "stacks/stack_link.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "kernel/clock.h"
#include "kernel/guard.h"
#include "kernel/processes.h"
#include "stacks/packet_queue.h"
#include "stacks/process_words.h"

enum {
	ANSWER_SECONDS = 5,   /* for what takes no time: hello, time, state */
	GOODBYE_SLICE = 1000, /* microseconds between two looks whether it has ended */
	GOODBYE_PATIENCE = 100,
};

struct waiting { /* who waits for an answer */
	struct waiting *next;
	unsigned id;
	sem_t over;
	bool answered;
	struct answer *answer;
};

struct stack_link {
	int fd;
	pid_t pid;
	bool driven;
	int64_t begun;
	_Atomic int64_t now; /* of a clock that we drive */
	pthread_t reader;
	bool reading;
	struct packet_queue packets;
	pthread_mutex_t lock;           /* of what follows */
	struct waiting *waiting, *held; /* held: answered, and not told yet */
	bool advancing;
	unsigned id;
	bool closing;
	char trouble[FAULT_TEXT]; /* set once */
	atomic_bool troubled;
};

/* ---- what comes ---- */

static void take_out(struct waiting **list, const struct waiting *waiting)
{
	while (*list && *list != waiting)
		list = &(*list)->next;
	if (*list)
		*list = waiting->next;
}

/* Under the lock: who waits is told, or later. */
static void settle(struct stack_link *link, struct waiting *waiting, bool answered)
{
	take_out(&link->waiting, waiting);
	waiting->answered = answered;
	if (answered && link->advancing) {
		waiting->next = link->held;
		link->held = waiting;
	} else {
		sem_post(&waiting->over);
	}
}

static void tell_held(struct stack_link *link)
{
	link->advancing = false;
	while (link->held) {
		struct waiting *waiting = link->held;

		link->held = waiting->next;
		sem_post(&waiting->over);
	}
}

/* The first is kept; nobody is answered any more. */
static void say_trouble(struct stack_link *link, const char *sentence)
{
	pthread_mutex_lock(&link->lock);
	if (!link->trouble[0] && !link->closing)
		snprintf(link->trouble, sizeof(link->trouble), "%s", sentence);
	atomic_store(&link->troubled, true);
	tell_held(link);
	while (link->waiting)
		settle(link, link->waiting, false);
	pthread_mutex_unlock(&link->lock);
	packet_queue_end(&link->packets);
}

static void keep_packet(struct stack_link *link, const struct message *message)
{
	if (!packet_queue_add(&link->packets, message->bytes, message->size,
	                      link->driven ? link->begun + message->number : clock_now()))
		say_trouble(link, "the stack sends more packets than are taken from it");
}

static void fill_in(struct answer *answer, const struct message *message)
{
	answer->message = *message;
	answer->filled = message->size < answer->size ? message->size : answer->size;
	if (answer->filled)
		memcpy(answer->room, message->bytes, answer->filled);
}

/*
 * An answer to who does not wait any more is let pass: the call was interrupted. One to who has
 * never asked is a mistake.
 */
static void give_answer(struct stack_link *link, const struct message *message)
{
	struct waiting *waiting;
	char text[FAULT_TEXT];
	bool unasked;

	pthread_mutex_lock(&link->lock);
	if (message->kind == MESSAGE_TIME) {
		if (link->begun + message->number > atomic_load(&link->now))
			atomic_store(&link->now, link->begun + message->number);
		tell_held(link);
	}
	waiting = link->waiting;
	while (waiting && waiting->id != message->id)
		waiting = waiting->next;
	if (waiting) {
		fill_in(waiting->answer, message);
		settle(link, waiting, true);
	}
	unasked = message->kind != MESSAGE_TIME && message->id > link->id;
	pthread_mutex_unlock(&link->lock);
	if (unasked) {
		snprintf(text, sizeof(text), "the stack answers %u, which was never asked",
		         message->id);
		say_trouble(link, text);
	}
}

/* A shell in between says 128 + the signal. */
static void say_status(int status, char text[FAULT_TEXT])
{
	int number = WIFSIGNALED(status)         ? WTERMSIG(status)
	             : WEXITSTATUS(status) > 128 ? WEXITSTATUS(status) - 128
	                                         : 0;

	if (number)
		snprintf(text, FAULT_TEXT, "the stack crashed: signal %d (%s)", number,
		         strsignal(number));
	else
		snprintf(text, FAULT_TEXT, "the stack ended with status %d", WEXITSTATUS(status));
}

static void tell_end(struct stack_link *link)
{
	char text[FAULT_TEXT] = "the stack has closed its socket";
	int status = 0;

	for (int i = 0; i < GOODBYE_PATIENCE && link->pid > 0; i++) {
		if (waitpid(link->pid, &status, WNOHANG) == link->pid) {
			link->pid = 0;
			say_status(status, text);
			break;
		}
		usleep(GOODBYE_SLICE);
	}
	say_trouble(link, text);
}

static void *read_all(void *argument)
{
	struct stack_link *link = argument;
	static uint8_t bytes[PROTOCOL_LINE + PROTOCOL_BYTES];
	struct message message;
	char error[FAULT_TEXT];

	for (;;) {
		ssize_t length = recv(link->fd, bytes, sizeof(bytes), MSG_TRUNC);

		if (length < 0 && errno == EINTR)
			continue;
		if (length <= 0)
			break;
		if ((size_t)length > sizeof(bytes))
			say_trouble(link, "the stack says more at once than 64 KiB");
		else if (!protocol_read(bytes, (size_t)length, &message, error))
			say_trouble(link, error);
		else if (message.kind == MESSAGE_PACKET)
			keep_packet(link, &message);
		else
			give_answer(link, &message);
	}
	tell_end(link);
	return NULL;
}

/* ---- what we say ---- */

/* A datagram: a line, and bytes behind it. */
static bool say(struct stack_link *link, const char *line, const struct iovec *bytes, int count)
{
	struct iovec parts[17] = { { (char *)line, strlen(line) } };
	struct msghdr message = { .msg_iov = parts, .msg_iovlen = 1 };

	for (int i = 0; i < count && message.msg_iovlen < 17; i++)
		parts[message.msg_iovlen++] = bytes[i];
	while (sendmsg(link->fd, &message, MSG_NOSIGNAL) < 0) {
		if (errno == EINTR)
			continue;
		if (errno == EAGAIN)
			say_trouble(link, "the stack does not read what is said to it");
		return false;
	}
	return true;
}

static void await(struct stack_link *link, struct waiting *waiting, bool promptly)
{
	struct timespec until;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += ANSWER_SECONDS;
	if ((promptly ? sem_clockwait(&waiting->over, CLOCK_MONOTONIC, &until)
	              : sem_wait(&waiting->over)) == 0)
		return;
	if (promptly && errno == ETIMEDOUT)
		say_trouble(link, "the stack does not answer for 5 s");
	/* Nobody is to answer any more. */
	pthread_mutex_lock(&link->lock);
	take_out(&link->waiting, waiting);
	take_out(&link->held, waiting);
	pthread_mutex_unlock(&link->lock);
}

static bool ask(struct stack_link *link, struct answer *answer, const char *verb, const char *words,
                const struct iovec *bytes, int count)
{
	struct waiting waiting = { .answer = answer };
	bool promptly = !!strcmp(verb, "call");
	char line[PROTOCOL_LINE];

	sem_init(&waiting.over, 0, 0);
	pthread_mutex_lock(&link->lock);
	waiting.id = ++link->id;
	waiting.next = link->waiting;
	link->waiting = &waiting;
	link->advancing |= !strcmp(verb, "time");
	pthread_mutex_unlock(&link->lock);
	snprintf(line, sizeof(line), "%s %u %s\n", verb, waiting.id, words);
	errno = 0;
	if (atomic_load(&link->troubled) || !say(link, line, bytes, count))
		say_trouble(link, "the stack has closed its socket");
	await(link, &waiting, promptly);
	if (!waiting.answered)
		errno = atomic_load(&link->troubled) ? EIO : EINTR;
	sem_destroy(&waiting.over);
	return waiting.answered;
}

bool stack_link_ask(struct stack_link *link, struct answer *answer, const char *verb,
                    const struct iovec *bytes, int count, const char *format, ...)
{
	char words[PROTOCOL_LINE - 32];
	va_list args;

	va_start(args, format);
	vsnprintf(words, sizeof(words), format, args);
	va_end(args);
	return ask(link, answer, verb, words, bytes, count);
}

bool stack_link_packet(struct stack_link *link, const void *bytes, size_t size)
{
	const struct iovec part = { (void *)bytes, size };

	return say(link, "packet\n", &part, 1);
}

/* ---- packets and time ---- */

void stack_link_next(struct stack_link *link, void *bytes, size_t *size, long long *at, int wait)
{
	packet_queue_take(&link->packets, bytes, size, at, wait);
}

int64_t stack_link_now(struct stack_link *link)
{
	return link->driven ? atomic_load(&link->now) : clock_now();
}

int64_t stack_link_advance(struct stack_link *link, int64_t until)
{
	struct answer answer = { .room = NULL };

	/* Of a stack that is no more only the clock goes on, so that the script ends. */
	if (!stack_link_ask(link, &answer, "time", NULL, 0, "%lld",
	                    (long long)(until - link->begun)) &&
	    until > atomic_load(&link->now))
		atomic_store(&link->now, until);
	return atomic_load(&link->now);
}

const char *stack_link_trouble(struct stack_link *link)
{
	return atomic_load(&link->troubled) && link->trouble[0] ? link->trouble : NULL;
}

/* ---- the beginning and the end ---- */

/*
 * A stack may start processes that leave our group, and has no namespace of its own by which they
 * could be found. They inherit a variable that no other test has.
 */
static void mark_descendants(void)
{
	static const char name[] = "TCPCLOSE_STACK_TEST";
	char word[64];
	int length = snprintf(word, sizeof(word), "%s=", name);

	snprintf(word + length, sizeof(word) - (size_t)length, "%d.%lld", (int)getpid(),
	         (long long)clock_now());
	setenv(name, word + length, 1);
	guard_word(word);
}

static bool start(struct stack_link *link, const char *command)
{
	const struct timeval patience = { ANSWER_SECONDS, 0 };
	char number[16];
	int ends[2];
	bool started;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0)
		return false;
	link->fd = ends[0];
	setsockopt(link->fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
	fcntl(ends[1], F_SETFD, 0);
	snprintf(number, sizeof(number), "%d", ends[1]);
	setenv("TCPCLOSE_STACK_FD", number, 1);
	mark_descendants();
	started = process_start(command, false, &link->pid);
	close(ends[1]);
	return started;
}

static bool start_reading(struct stack_link *link)
{
	errno = pthread_create(&link->reader, NULL, read_all, link);
	link->reading = !errno;
	return link->reading;
}

/* Our hello has the number 1, as a request has, so that its answer is found. */
static enum fault greet(struct stack_link *link, const struct tcpclose_world *world,
                        struct answer *hello, char *error)
{
	char ends[ENDS_WORDS];
	const struct tcpclose_ends *own =
		world->ipv6.local.ss_family == AF_INET6 ? &world->ipv6 : &world->ipv4;

	if (!stack_link_ask(link, hello, "hello", NULL, 0, "%s mtu %u clock %s",
	                    words_of_ends(own, ends), world->mtu, link->driven ? "driven" : "real"))
		return fault_say(FAULT_BROKEN, error, "--stack: %.200s",
		                 link->trouble[0] ? link->trouble : "stopped by a signal");
	if (hello->message.kind == MESSAGE_REFUSE)
		return fault_say(FAULT_MISSING, error, "the stack cannot be played on here: %.150s",
		                 hello->message.words);
	if (hello->message.number != PROTOCOL_VERSION)
		return fault_say(FAULT_BROKEN, error,
		                 "the stack speaks version %lld of the protocol, and this is %d",
		                 (long long)hello->message.number, PROTOCOL_VERSION);
	return FAULT_NONE;
}

struct stack_link *stack_link_open(const struct tcpclose_world *world, const char *command,
                                   struct answer *hello, enum fault *failure,
                                   char error[FAULT_TEXT])
{
	struct stack_link *link = calloc(1, sizeof(*link));

	*failure = FAULT_BROKEN;
	if (!link) {
		fault_say(FAULT_BROKEN, error, "%s", strerror(errno));
		return NULL;
	}
	link->fd = -1;
	link->driven = world->start != 0;
	link->begun = world->start;
	link->now = world->start;
	packet_queue_init(&link->packets);
	pthread_mutex_init(&link->lock, NULL);
	if (!start(link, command) || !start_reading(link))
		fault_say(FAULT_BROKEN, error, "--stack: %s", strerror(errno));
	else
		*failure = greet(link, world, hello, error);
	if (*failure == FAULT_NONE)
		return link;
	stack_link_close(link);
	return NULL;
}

void stack_link_close(struct stack_link *link)
{
	pthread_mutex_lock(&link->lock);
	link->closing = true;
	pthread_mutex_unlock(&link->lock);
	if (link->fd >= 0)
		shutdown(link->fd, SHUT_RDWR);
	if (link->reading)
		pthread_join(link->reader, NULL);
	if (link->pid > 0) {
		kill(link->pid, SIGKILL);
		waitpid(link->pid, NULL, 0);
	}
	if (link->fd >= 0)
		close(link->fd);
	packet_queue_free(&link->packets);
	pthread_mutex_destroy(&link->lock);
	free(link);
}

#include "host/host_record.h"
#include "host/host_replay.h"

#include <errno.h>
#include <inttypes.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

#include "host/recording.h"

enum { TEXT = 1 << 14, PATH = 64 };

#define START 1700000000000000
#define HEAD "tcpclose-recording 2\nstart 1700000000000000\n"

/* ---- files in memory ---- */

static int file_new(char path[PATH], const char *text)
{
	int fd = memfd_create("recording", MFD_CLOEXEC);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	snprintf(path, PATH, "/proc/self/fd/%d", fd);
	return fd;
}

static void file_text(int fd, char text[TEXT])
{
	ssize_t length = pread(fd, text, TEXT - 1, 0);

	assert_true(length >= 0);
	text[length] = '\0';
	/* What only recordings of some machines say. */
	char *memory = strstr(text, "memory "), *next = memory ? strchr(memory, '\n') : NULL;
	if (next)
		memmove(memory, next + 1, strlen(next));
}

static const struct host_config config = {
	.local = { AF_INET, { 192, 168, 0, 2 } },
	.local_prefix = 16,
	.remote = { AF_INET, { 192, 0, 2, 1 } },
	.remote_prefix = 24,
	.gateway = { AF_INET, { 192, 168, 0, 1 } },
};
#define WORLD "world 192.168.0.2/16 > 192.0.2.1/24 by 192.168.0.1\n"

/* Opens a recording of these lines. */
static struct host *replay_open(const char *lines, char error[FAULT_TEXT])
{
	char path[PATH], text[sizeof(HEAD) + TEXT + 64];
	struct host *host;
	int fd;

	snprintf(text, sizeof(text), "%s%s", HEAD, lines);
	fd = file_new(path, text);
	host = host_replay_open(&config, path, error);
	close(fd);
	return host;
}

static struct host *replay(const char *lines)
{
	char error[FAULT_TEXT] = "";
	struct host *host = replay_open(lines, error);

	if (!host)
		fail_msg("%s", error);
	return host;
}

/* ---- what is said ---- */

static struct segment segment_of(uint16_t flags, uint32_t sequence, uint32_t acknowledgment)
{
	struct segment segment = {
		.ttl = 64,
		.protocol = IPPROTO_TCP,
		.tcp = { .source = 4242,
		         .destination = 8080,
		         .flags = flags,
		         .sequence = sequence,
		         .acknowledgment = acknowledgment,
		         .window = 257,
		         .data_offset = 5 },
	};

	ip_address_parse("192.0.2.1", &segment.source);
	ip_address_parse("192.168.0.1", &segment.destination);
	return segment;
}

static struct tcp_tuple tuple_of(uint16_t remote_port)
{
	struct tcp_tuple tuple = { .local_port = 8080, .remote_port = remote_port };

	ip_address_parse("192.168.0.1", &tuple.local);
	ip_address_parse("192.0.2.1", &tuple.remote);
	return tuple;
}

static struct host_call close_of(int fd)
{
	return (struct host_call){ .name = "close", .number = 3, .arguments = { fd } };
}

/* ---- a world of ours: a clock that each question moves on, and what happens at which time ---- */

struct fake_event {
	usec_t at;
	enum host_wake wake;
	uint16_t flags; /* of the packet */
	bool bad_checksum;
};

struct fake_host {
	struct host host;
	usec_t clock;
	const struct fake_event *events; /* up to one with time 0 */
	struct host_call *pending[2];    /* finished in this order */
	struct sockaddr_storage peer;
	uint8_t bytes[SEGMENT_BYTES_MAX];
	bool closed;
};

static struct fake_host *fake_of(struct host *host)
{
	return (struct fake_host *)host;
}

static usec_t fake_now(struct host *host)
{
	return fake_of(host)->clock += 2;
}

static bool fake_inject(struct host *host, const struct segment *segment, usec_t *at)
{
	*at = fake_of(host)->clock += 10;
	if (segment->tcp.flags != TCP_URG)
		return true;
	snprintf(host->error, FAULT_TEXT, "the \"device\" is\nfull");
	return false;
}

static void fake_packet(struct fake_host *fake, const struct fake_event *event,
                        struct host_packet *packet)
{
	struct segment segment = segment_of(event->flags, 1, 1);

	segment.fixed = event->bad_checksum ? FIXED_CHECKSUM : 0;
	packet->at = event->at;
	packet->bytes = fake->bytes;
	packet->captured = packet->length = segment_encode(&segment, fake->bytes);
	packet->bad = segment_decode(fake->bytes, packet->captured, packet->length, CHECKSUM_EXACT,
	                             &packet->segment);
}

static void fake_finish(struct fake_host *fake, struct host_call *call, usec_t at)
{
	const struct sockaddr_in peer = { .sin_family = AF_INET, .sin_port = htons(4242) };
	socklen_t size = sizeof(peer);

	call->result = !strcmp(call->name, "accept") ? 4 : -1;
	call->error = call->result < 0 ? EINTR : 0;
	call->ended = at;
	call->end = CALL_RETURNED;
	if (call->output_count > 0)
		memcpy(call->outputs[0].bytes, &peer, sizeof(peer));
	if (call->output_count > 1)
		memcpy(call->outputs[1].bytes, &size, sizeof(size));
	fake->pending[0] = fake->pending[1];
	fake->pending[1] = NULL;
}

static enum host_wake fake_wait(struct host *host, usec_t deadline, struct host_packet *packet)
{
	struct fake_host *fake = fake_of(host);
	const struct fake_event *event = fake->events;

	if (!event->at || (event->at > deadline && event->at > fake->clock)) {
		fake->clock = deadline > fake->clock ? deadline + 50 : fake->clock + 1;
		return HOST_TIME;
	}
	fake->events++;
	fake->clock = event->at > fake->clock ? event->at + 5 : fake->clock;
	if (event->wake == HOST_PACKET)
		fake_packet(fake, event, packet);
	else if (event->wake == HOST_CALL)
		fake_finish(fake, fake->pending[0], event->at);
	else if (event->wake == HOST_ENDED)
		host->end = (struct host_end){ .process = 2, .status = 0x7f00, .at = event->at };
	else if (event->wake == HOST_BROKEN)
		snprintf(host->error, FAULT_TEXT, "the capture died");
	return event->wake;
}

/* A read that fills in some bytes, a message whose memory holds pointers, or just a number. */
static void fake_call(struct host *host, struct host_call *call)
{
	struct fake_host *fake = fake_of(host);

	call->started = fake->clock += 3;
	call->result = call->output_count > 0 ? 5 : 0;
	if (call->output_count > 0)
		memcpy(call->outputs[0].bytes, "hel\0o", 5);
	if (call->output_count > 1)
		((struct msghdr *)call->outputs[1].bytes)->msg_flags = MSG_TRUNC;
	call->ended = fake->clock += 7;
	call->end = CALL_RETURNED;
}

static bool fake_begin(struct host *host, struct host_call *call)
{
	struct fake_host *fake = fake_of(host);

	call->started = fake->clock += 3;
	call->end = CALL_PENDING;
	if (!strcmp(call->name, "read")) {
		fake_call(host, call);
		return true;
	}
	if (fake->pending[1]) {
		snprintf(host->error, FAULT_TEXT, "no thread");
		return false;
	}
	fake->pending[fake->pending[0] != NULL] = call;
	return true;
}

static bool fake_observe(struct host *host, const struct tcp_tuple *tuple,
                         struct tcp_status *connection)
{
	fake_of(host)->clock += 20;
	*connection = (struct tcp_status){
		.state = STATE_FIN_WAIT_2,
		.timer = TIMER_TIMEWAIT,
		.expires = 60 * USEC_PER_SEC,
		.retransmits = 1,
		.receive_queue = 2,
		.send_queue = 3,
		.uid = 4,
		.inode = 5,
	};
	snprintf(host->error, FAULT_TEXT, "no netlink");
	return tuple->remote_port != 1;
}

static bool fake_counter(struct host *host, const char *name, uint64_t *value)
{
	*value = name[0] == 'M' ? UINT64_MAX : 7;
	snprintf(host->error, FAULT_TEXT, "no counter %s", name);
	return name[0] != '=';
}

static unsigned fake_signals(struct host *host, int number)
{
	(void)host;
	return (unsigned)number / 10;
}

static bool fake_sysctl(struct host *host, const char *name, char *value, size_t size)
{
	snprintf(host->error, FAULT_TEXT, "no sysctl");
	snprintf(value, size, "4096 16384 \"x\" # = \\");
	return strlen(name) > 1;
}

static int fake_command(struct host *host, const char *text)
{
	snprintf(host->error, FAULT_TEXT, "no shell");
	fake_of(host)->clock += 5000;
	return text[0] == '!' ? -1 : 256;
}

static void fake_close(struct host *host)
{
	fake_of(host)->closed = true;
}

static const struct wire_ops fake_wire = { .inject = fake_inject, .wait = fake_wait };
static const struct call_ops fake_calls = {
	.call = fake_call,
	.begin = fake_begin,
	.command = fake_command,
};
static const struct look_ops fake_look = {
	.observe = fake_observe,
	.counter = fake_counter,
	.signals = fake_signals,
	.sysctl = fake_sysctl,
};
static const struct clock_ops fake_clock = { .now = fake_now };

static struct fake_host fake_new(const struct fake_event *events)
{
	return (struct fake_host){
		.host = { .wire = &fake_wire,
		          .calls = &fake_calls,
		          .look = &fake_look,
		          .clock = &fake_clock,
		          .close = fake_close },
		.clock = START - 2,
		.events = events,
	};
}

static const struct fake_event no_events[] = { { .at = 0 } };

/* ---- a harness that writes down all it hears ---- */

static void tell_now(struct host *host, FILE *log)
{
	fprintf(log, "now %" PRId64 "\n", host->clock->now(host) - START);
}

static void tell_inject(struct host *host, FILE *log, uint16_t flags)
{
	struct segment segment = segment_of(flags, 1000, 1);

	usec_t at;

	if (host->wire->inject(host, &segment, &at))
		fprintf(log, "inject %" PRId64 "\n", at - START);
	else
		fprintf(log, "inject: %s\n", host->error);
}

static enum host_wake tell_wait(struct host *host, FILE *log, usec_t deadline)
{
	static const char *const names[] = {
		[HOST_PACKET] = "packet", [HOST_CALL] = "call",       [HOST_ENDED] = "ended",
		[HOST_TIME] = "time",     [HOST_STOPPED] = "stopped", [HOST_BROKEN] = "broken",
	};
	char text[SEGMENT_TEXT];
	struct host_packet packet;
	enum host_wake wake;

	host->error[0] = '\0';
	wake = host->wire->wait(host, deadline == USEC_FOREVER ? deadline : START + deadline,
	                        &packet);
	fprintf(log, "wait %s", names[wake]);
	if (wake == HOST_PACKET)
		fprintf(log, " %" PRId64 " %s fixed %u, %zu of %zu, %s", packet.at - START,
		        segment_print(&packet.segment, text, sizeof(text)), packet.segment.fixed,
		        packet.captured, packet.length, packet.bad ? packet.bad : "good");
	if (wake == HOST_ENDED)
		fprintf(log, " %" PRId64 " %u %d", host->end.at - START, host->end.process,
		        host->end.status);
	fprintf(log, wake == HOST_BROKEN ? ": %s\n" : "\n", host->error);
	return wake;
}

static void tell_call(FILE *log, const struct host_call *call)
{
	fprintf(log, "%s = %ld %d, %" PRId64 " to %" PRId64 "\n", call->name, call->result,
	        call->error, call->started - START, call->ended - START);
}

static void tell_begin(struct host *host, FILE *log, struct host_call *call)
{
	if (!host->calls->begin(host, call))
		fprintf(log, "begin: %s\n", host->error);
	else if (call->end == CALL_RETURNED)
		tell_call(log, call);
	else
		fprintf(log, "%s begun %" PRId64 "\n", call->name, call->started - START);
}

static void tell_observe(struct host *host, FILE *log, uint16_t remote_port)
{
	struct tcp_tuple tuple = tuple_of(remote_port);
	struct tcp_status c;

	if (host->look->observe(host, &tuple, &c))
		fprintf(log, "%s %s %" PRId64 " %u %u %u %u %lu\n", tcp_state_name(c.state),
		        tcp_timer_name(c.timer), c.expires, c.retransmits, c.receive_queue,
		        c.send_queue, c.uid, c.inode);
	else
		fprintf(log, "observe: %s\n", host->error);
}

static void tell_counter(struct host *host, FILE *log, const char *name)
{
	uint64_t value;

	if (host->look->counter(host, name, &value))
		fprintf(log, "%s %" PRIu64 "\n", name, value);
	else
		fprintf(log, "counter: %s\n", host->error);
}

static void tell_sysctl(struct host *host, FILE *log, const char *name)
{
	char value[32];

	if (host->look->sysctl(host, name, value, sizeof(value)))
		fprintf(log, "%s\n", value);
	else
		fprintf(log, "sysctl: %s\n", host->error);
}

static void tell_command(struct host *host, FILE *log, const char *text)
{
	int status = host->calls->command(host, text);

	fprintf(log, "command %d%s\n", status, status == -1 ? host->error : "");
}

static void tell_messages(struct host *host, FILE *log)
{
	char data[16] = { 0 };
	struct iovec vector = { data, sizeof(data) };
	struct msghdr message = { .msg_iov = &vector, .msg_iovlen = 1 };
	struct host_output outputs[] = {
		{ data, sizeof(data), OUTPUT_UNSEEN },
		{ &message, sizeof(message), OUTPUT_GIVEN },
	};
	struct host_call call = {
		.name = "recvmsg",
		.number = 47,
		.arguments = { 4, (long)&message },
		.outputs = outputs,
		.output_count = 2,
	};

	host->calls->call(host, &call);
	tell_call(log, &call);
	assert_ptr_equal(message.msg_iov, &vector);
	fprintf(log, "%s, %c, flags %d\n", data, data[4], message.msg_flags);
}

/* Calls that block; they and their memory stay as long as the host does. */
struct blocking {
	struct sockaddr_in peer;
	socklen_t size;
	struct host_output outputs[2]; /* of accept */
	struct host_call accept, poll, third;
};

static void tell_blocking(struct host *host, FILE *log, struct blocking *b)
{
	char data[8] = { 0 };
	struct host_output output = { data, 8, OUTPUT_EMPTY };
	struct host_call read = {
		.name = "read",
		.arguments = { 4, (long)data, 8 },
		.outputs = &output,
		.output_count = 1,
	};

	*b = (struct blocking){
		.outputs = { { &b->peer, sizeof(b->peer), OUTPUT_EMPTY },
		             { &b->size, sizeof(b->size), OUTPUT_GIVEN } },
		.accept = { .name = "accept",
		            .number = 43,
		            .arguments = { 3, (long)&b->peer, (long)&b->size },
		            .outputs = b->outputs,
		            .output_count = 2 },
		.poll = { .name = "poll", .arguments = { (long)&b->peer, 1, 70000 } },
		.third = { .name = "poll" },
	};
	tell_begin(host, log, &b->accept);
	tell_begin(host, log, &b->poll);
	tell_begin(host, log, &b->third);
	tell_begin(host, log, &read);
	tell_wait(host, log, 1000);
	tell_call(log, &b->accept);
	fprintf(log, "port %u, size %u\n", ntohs(b->peer.sin_port), b->size);
	tell_wait(host, log, 1200);
	tell_wait(host, log, 1200);
	tell_call(log, &b->poll);
}

/* Some 2500 microseconds of all that can be asked. */
static void play(struct host *host, FILE *log)
{
	struct host_call closing = close_of(4);
	struct blocking blocking;

	tell_now(host, log);
	tell_inject(host, log, TCP_SYN);
	tell_inject(host, log, TCP_URG);
	tell_wait(host, log, 300);
	tell_wait(host, log, 300);
	tell_now(host, log);
	tell_messages(host, log);
	tell_wait(host, log, 500);
	tell_now(host, log);
	tell_blocking(host, log, &blocking);
	tell_now(host, log);
	tell_now(host, log);
	host->calls->call(host, &closing);
	tell_call(log, &closing);
	tell_observe(host, log, 4242);
	tell_observe(host, log, 1);
	tell_counter(host, log, "TCPAbortOnData");
	tell_counter(host, log, "MaxConn");
	tell_counter(host, log, "= #");
	fprintf(log, "signals %u\n", host->look->signals(host, SIGPIPE));
	tell_sysctl(host, log, "net.ipv4.tcp_rmem");
	tell_sysctl(host, log, "?");
	tell_now(host, log);
	tell_command(host, log, "echo \"a = b\" # c");
	tell_command(host, log, "!");
	tell_now(host, log);
	while (tell_wait(host, log, USEC_FOREVER) != HOST_BROKEN)
		;
}

static const struct fake_event session[] = {
	{ .at = START + 250, .flags = TCP_SYN | TCP_ACK },
	{ .at = START + 420, .flags = TCP_ACK, .bad_checksum = true },
	{ .at = START + 700, .wake = HOST_CALL },
	{ .at = START + 800, .flags = TCP_FIN | TCP_ACK },
	{ .at = START + 900, .wake = HOST_CALL },
	{ .at = START + 29000, .wake = HOST_ENDED },
	{ .at = START + 30000, .wake = HOST_STOPPED },
	{ .at = START + 30000, .wake = HOST_BROKEN },
	{ .at = 0 },
};

/* What comes of them in a recording; it is the format's example, too. */
#define ADDRESSES "40:45000028000000004006f825c0000201c0a8000110921f90"
/* Numbers in memory are written as the machine has them; what a call leaves alone is dots. */
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define FLAGS_20 "......20"
#define INET "0002"
#define SIZE_16 "......10"
#else
#define FLAGS_20 "20"
#define INET "0200"
#define SIZE_16 "10"
#endif

static const char golden[] = HEAD WORLD
	"inject " ADDRESSES "000003e80000000150020101f82b = 12  # S 1000:1000(0) win 257\n"
	"inject " ADDRESSES "000003e80000000150200101f80d"
	" = failed \"the \\\"device\\\" is\\x0afull\"  # U 1000:1000(0) win 257 urg 0\n"
	"packet 250 40 " ADDRESSES "000000010000000150120101fc02  # S. 1:1(0) ack 1 win 257\n"
	"call recvmsg(4,*) = 5 0 355 362 out0=16:68656c006f out1=56:"
	".........................................................................................."
	"......" FLAGS_20 "\n"
	"packet 420 40 " ADDRESSES "000000010000000150100101 bad checksum"
	"  # . 1:1(0) ack 1 win 257\n"
	"begin accept(3,*,*) = pending 1 430\n"
	"begin poll(*,1,*) = pending 2 433\n"
	"begin poll() = failed \"no thread\"\n"
	"begin read(4,*,8) = 5 0 442 449 out0=8:68656c006f\n"
	"finished 1 = 4 0 430 700 out0=16:" INET "1092000000000000000000000000 out1=4:" SIZE_16 "\n"
	"packet 800 40 " ADDRESSES "000000010000000150110101fc03  # F. 1:1(0) ack 1 win 257\n"
	"finished 2 = -1 4 433 900\n"
	"call close(4) = 0 0 912 919\n"
	"observe 192.168.0.1 8080 192.0.2.1 4242 = FIN_WAIT_2 timewait 60000000 1 2 3 4 5\n"
	"observe 192.168.0.1 8080 192.0.2.1 1 = failed \"no netlink\"\n"
	"counter TCPAbortOnData = 7\n"
	"counter MaxConn = -1\n"
	"counter \"= #\" = failed \"no counter = #\"\n"
	"signals 13 = 1\n"
	"sysctl net.ipv4.tcp_rmem = \"4096 16384 \\\"x\\\" # = \\\\\"\n"
	"sysctl \"?\" = failed \"no sysctl\"\n"
	"command \"echo \\\"a = b\\\" # c\" = 256\n"
	"command \"!\" = failed \"no shell\"\n"
	"now 10963\n"
	"ended 29000 2 32512\n"
	"stopped 30007\n"
	"broken 30009 \"the capture died\"\n";

static void log_begin(FILE **log, char text[TEXT])
{
	*log = fmemopen(text, TEXT, "w");
	assert_non_null(*log);
}

/* Records the session into `recording`, with what the harness heard in `heard`. */
static void record_session(char recording[TEXT], char heard[TEXT])
{
	struct fake_host fake = fake_new(session);
	char path[PATH], error[FAULT_TEXT] = "";
	int fd = file_new(path, "of before");
	struct host *host = host_record_open(&fake.host, &config, path, error);
	FILE *log;

	assert_string_equal(error, "");
	log_begin(&log, heard);
	play(host, log);
	fclose(log);
	file_text(fd, recording);
	host->close(host);
	assert_true(fake.closed);
	close(fd);
}

static void test_recording_is_text(void **state)
{
	char recording[TEXT], heard[TEXT];

	(void)state;
	record_session(recording, heard);
	assert_string_equal(recording, golden);
}

static void test_replay_gives_the_same_answers(void **state)
{
	char recording[TEXT], lines[TEXT + 64], heard[TEXT], again[TEXT];

	(void)state;
	record_session(recording, heard);
	snprintf(lines, sizeof(lines), "memory %s\n%s", recording_memory(),
	         recording + strlen(HEAD));
	for (int i = 0; i < 2; i++) {
		struct host *host = replay(lines);
		FILE *log;

		log_begin(&log, again);
		play(host, log);
		fclose(log);
		host->close(host);
		assert_string_equal(again, heard);
	}
}

/* ---- edited recordings ---- */

/* What a harness hears that waits until 200 and 500 and injects and closes between and behind. */
static void hear(const char *lines, const char *expected)
{
	struct host *host = replay(lines);
	struct host_call closing = close_of(4);
	char heard[TEXT];
	FILE *log;

	log_begin(&log, heard);
	tell_wait(host, log, 200);
	tell_inject(host, log, TCP_SYN);
	tell_wait(host, log, 500);
	host->calls->call(host, &closing);
	tell_call(log, &closing);
	tell_now(host, log);
	fclose(log);
	host->close(host);
	assert_string_equal(heard, expected);
}

#define SYN "inject " ADDRESSES "000003e80000000150020101f82b = 220\n"
#define FIN ADDRESSES "000000010000000150110101fc03\n"
#define CLOSE "call close(4) = 0 0 510 519\n"
#define HEARD_FIN " F. 1:1(0) ack 1 win 257 fixed 0, 40 of 40, good\n"

static void test_unedited(void **state)
{
	(void)state;
	hear("packet 150 40 " FIN SYN "packet 230 40 " FIN CLOSE,
	     "wait packet 150" HEARD_FIN "inject 220\n"
	     "wait packet 230" HEARD_FIN "close = 0 0, 510 to 519\nnow 519\n");
}

static void test_packet_deleted(void **state)
{
	(void)state;
	/* The next one is an answer to what is not injected yet. */
	hear(SYN "packet 230 40 " FIN CLOSE,
	     "wait time\ninject 220\n"
	     "wait packet 230" HEARD_FIN "close = 0 0, 510 to 519\nnow 519\n");
	hear(SYN CLOSE, "wait time\ninject 220\nwait time\nclose = 0 0, 510 to 519\nnow 519\n");
}

static void test_packet_changed(void **state)
{
	(void)state;
	hear("packet 150 40 " ADDRESSES
	     "00000007000000015004010100 # an RST, wrong checksum\n" SYN CLOSE,
	     "wait packet 150 R 7:7(0) win 257 fixed 0, 40 of 40, good\ninject 220\n"
	     "wait time\nclose = 0 0, 510 to 519\nnow 519\n");
	hear("packet 150 40 40:45 bad ip-checksum\n" SYN CLOSE,
	     "wait packet 150 protocol 0 fixed 3, 40 of 40, the packet is neither TCP nor UDP "
	     "nor ICMP\ninject 220\nwait time\nclose = 0 0, 510 to 519\nnow 519\n");
}

static void test_packet_late(void **state)
{
	(void)state;
	/* What was waited for too briefly comes with the next wait. */
	hear("packet 215 40 " FIN SYN CLOSE,
	     "wait time\ninject 220\n"
	     "wait packet 215" HEARD_FIN "close = 0 0, 510 to 519\nnow 519\n");
}

static void test_all_slips_with_a_late_question(void **state)
{
	struct host *host = replay("packet 150 40 " FIN SYN "packet 230 40 " FIN CLOSE);
	struct host_call closing = close_of(4);
	char heard[TEXT];
	FILE *log;

	(void)state;
	log_begin(&log, heard);
	tell_wait(host, log, 300);
	tell_wait(host, log, 320);
	tell_inject(host, log, TCP_SYN);
	tell_wait(host, log, 325);
	tell_wait(host, log, 335);
	host->calls->call(host, &closing);
	tell_call(log, &closing);
	fclose(log);
	host->close(host);
	assert_string_equal(heard, "wait packet 150" HEARD_FIN "wait time\ninject 320\nwait time\n"
	                           "wait packet 330" HEARD_FIN "close = 0 0, 610 to 619\n");
}

static void test_result_changed(void **state)
{
	(void)state;
	hear(SYN "\n# nothing\n\tcall close(4) = -1 5 510 900 # EIO\r\n",
	     "wait time\ninject 220\nwait time\nclose = -1 5, 510 to 900\nnow 900\n");
}

static void test_looked_at_again(void **state)
{
	struct host *host =
		replay("observe 192.168.0.1 8080 192.0.2.1 4242 = ESTAB none 1 0 0 0 0 9\n"
	               "sysctl a = failed \"x\"\nsignals 13 = 2\n" CLOSE);
	struct host_call closing = close_of(4);
	char heard[TEXT];
	FILE *log;

	(void)state;
	log_begin(&log, heard);
	for (int i = 0; i < 3; i++) {
		tell_observe(host, log, 4242);
		tell_wait(host, log, 100 * i);
	}
	tell_sysctl(host, log, "a");
	tell_sysctl(host, log, "a");
	for (int i = 0; i < 3; i++)
		fprintf(log, "%u signals\n", host->look->signals(host, SIGPIPE));
	host->calls->call(host, &closing);
	tell_observe(host, log, 4242);
	fclose(log);
	host->close(host);
	assert_string_equal(
		heard,
		"ESTABLISHED none 1 0 0 0 0 9\nwait time\nESTABLISHED none 1 0 0 0 0 9\nwait time\n"
		"ESTABLISHED none 1 0 0 0 0 9\nwait time\nsysctl: x\nsysctl: x\n"
		"2 signals\n0 signals\n0 signals\nobserve: recording line 6: the end, but the "
		"harness "
		"asks observe 192.168.0.1 8080 192.0.2.1 4242\n");
}

static void test_unfinished_line_does_not_count(void **state)
{
	struct host *host = replay("packet 150 40 " FIN "packet 160 40 40:4500");
	char heard[TEXT];
	FILE *log;

	(void)state;
	log_begin(&log, heard);
	tell_wait(host, log, 200);
	tell_wait(host, log, 200);
	fclose(log);
	host->close(host);
	assert_string_equal(heard, "wait packet 150" HEARD_FIN "wait time\n");
}

/* ---- time ---- */

/* Races that the order of times does not tell: played again they come out as they did. */
static void test_races(void **state)
{
	static const struct fake_event late_to_us[] = {
		/* clang-format off */
		{ .at = START + 95, .flags = TCP_ACK }, { .at = 0 },
		/* clang-format on */
	};
	static const struct fake_event in_the_past[] = {
		/* clang-format off */
		{ .at = START + 130, .flags = TCP_ACK }, { .at = 0 },
		/* clang-format on */
	};
	struct fake_host fake = fake_new(no_events);
	char path[PATH], error[FAULT_TEXT], first[TEXT], again[TEXT];
	int fd = file_new(path, "");
	struct host *host = host_record_open(&fake.host, &config, path, error);
	char *heard = first;

	(void)state;
	assert_non_null(host);
	for (int i = 0; i < 2; i++) {
		FILE *log;

		log_begin(&log, heard);
		tell_wait(host, log, 100);
		fake.events = late_to_us;
		tell_wait(host, log, 120);
		fake.clock = START + 140;
		fake.events = in_the_past;
		tell_wait(host, log, 125);
		tell_now(host, log);
		fclose(log);
		host->close(host);
		heard = again;
		if (i == 0)
			host = host_replay_open(&config, path, error);
		assert_non_null(host);
	}
	close(fd);
	assert_string_equal(again, first);
	assert_string_equal(
		first, "wait time\nwait packet 95 . 1:1(0) ack 1 win 257 fixed 0, 40 of 40, good\n"
		       "wait packet 130 . 1:1(0) ack 1 win 257 fixed 0, 40 of 40, good\nnow 130\n");
}

/* The clock is the same in both worlds; only what is far from the last line is written. */
static void test_clock(void **state)
{
	static const usec_t moves[] = { 10, 80, 30, 5, 99, 1, 1000, 2, 0 };
	struct fake_host fake = fake_new(no_events);
	char path[PATH], error[FAULT_TEXT], text[TEXT];
	int fd = file_new(path, "");
	struct host *host = host_record_open(&fake.host, &config, path, error);

	usec_t told[sizeof(moves) / sizeof(moves[0])];

	(void)state;
	assert_non_null(host);
	for (size_t i = 0; i < sizeof(moves) / sizeof(moves[0]); i++) {
		fake.clock += moves[i] - 2;
		told[i] = host->clock->now(host);
		assert_in_range(fake.clock - told[i], 0, 99);
	}
	host->close(host);
	file_text(fd, text);
	assert_string_equal(text,
	                    HEAD WORLD "now 120 asked 3\nnow 224 asked 2\nnow 1225 asked 2\n");
	host = host_replay_open(&config, path, error);
	for (size_t i = 0; i < sizeof(moves) / sizeof(moves[0]); i++)
		assert_int_equal(host->clock->now(host), told[i]);
	host->close(host);
	close(fd);
}

static void test_world(void **state)
{
	static const struct setting rmem = { "net.ipv4.tcp_rmem", "1 2, 3", NULL, { 0 } };
	static const struct setting sack = { "net.ipv4.tcp_sack", "0", &rmem, { 0 } };
	static const char of_other[] = HEAD
		"world 192.168.0.2/16 > 192.0.2.1/24 by 192.168.0.1, anyip, mtu 1400, speed 100, "
		"gso 10, "
		"sysctl net.ipv4.tcp_sack \"0\", sysctl net.ipv4.tcp_rmem \"1 2, 3\"\nnow 120\n";
	struct host_config other = config;
	char error[FAULT_TEXT], path[PATH];
	int fd = file_new(path, of_other);
	struct host *host;

	(void)state;
	assert_null(host_replay_open(&config, path, error));
	assert_string_equal(
		error, "the recording is of another world: it has 'anyip' where the script and "
		       "its options have ''");
	other.anyip = true;
	other.mtu = 1500;
	assert_null(host_replay_open(&other, path, error));
	assert_string_equal(error,
	                    "the recording is of another world: it has 'mtu 1400' where the script "
	                    "and its options have 'mtu 1500'");
	other.mtu = 1400;
	other.speed = 100;
	other.gso_size = 10;
	other.sysctls = &sack;
	host = host_replay_open(&other, path, error);
	assert_non_null(host);
	host->close(host);
	close(fd);
}

static void test_now_is_no_question(void **state)
{
	struct host *host = replay("now 110\nnow 120\n" SYN "packet 230 40 " FIN "now 300\n" CLOSE);
	struct host_call closing = close_of(4);
	char heard[TEXT];
	FILE *log;

	(void)state;
	log_begin(&log, heard);
	tell_inject(host, log, TCP_SYN);
	tell_now(host, log);
	tell_now(host, log);
	host->calls->call(host, &closing);
	tell_wait(host, log, 0);
	tell_now(host, log);
	fclose(log);
	host->close(host);
	assert_string_equal(heard,
	                    "inject 220\nnow 220\nnow 220\nwait packet 230" HEARD_FIN "now 519\n");
}

/* ---- the memory of a call ---- */

/* A read of four bytes that the recording has; what is in the memory then. */
static void read_four(const char *head, const char *outputs, enum output_kind kind, char memory[4],
                      char error[FAULT_TEXT])
{
	char path[PATH], text[TEXT];
	struct host_output output = { memory, 4, kind };
	struct host_call call = {
		.name = "read",
		.arguments = { 4, (long)memory, 4 },
		.outputs = &output,
		.output_count = 1,
	};
	struct host *host;
	int fd;

	snprintf(text, sizeof(text), "%s\nstart 1700000000000000\ncall read(4,*,4) = 4 0 1 2%s\n",
	         head, outputs);
	fd = file_new(path, text);
	host = host_replay_open(&config, path, error);
	assert_non_null(host);
	memcpy(memory, "want", 4);
	host->calls->call(host, &call);
	memcpy(error, host->error, FAULT_TEXT);
	host->close(host);
	close(fd);
}

/* Whatever stood in the memory, and whatever the recording has not: it is not there afterwards. */
static void test_outputs_are_poisoned(void **state)
{
	char memory[4], error[FAULT_TEXT];

	(void)state;
	read_four("tcpclose-recording 2", " out0=4:68", OUTPUT_EMPTY, memory, error);
	assert_int_equal(memory[0], 'h');
	assert_true(host_output_is_untouched(memory + 1, 1, 3));
	read_four("tcpclose-recording 2", "", OUTPUT_UNSEEN, memory, error);
	assert_true(host_output_is_untouched(memory, 0, 4));
	assert_false(host_output_is_untouched(memory, 1, 3));
	read_four("tcpclose-recording 2", " out0=4:....61", OUTPUT_GIVEN, memory, error);
	assert_memory_equal(memory, "waat", 4);
	assert_string_equal(error, "");
}

/* An accept() that a machine with this memory has recorded. */
static void accept_of(const char *memory, const char *outputs)
{
	char path[PATH], text[TEXT], error[FAULT_TEXT];
	struct sockaddr_in address = { .sin_family = AF_UNSPEC };
	socklen_t length = 128;
	struct host_output memories[] = {
		{ (char *)&address, sizeof(address), OUTPUT_EMPTY },
		{ (char *)&length, sizeof(length), OUTPUT_GIVEN },
	};
	struct host_call call = {
		.name = "accept",
		.arguments = { 3, (long)&address, (long)&length },
		.outputs = memories,
		.output_count = 2,
	};
	struct host *host;
	int fd;

	snprintf(text, sizeof(text), HEAD "memory %s\ncall accept(3,*,*) = 4 0 1 2%s\n", memory,
	         outputs);
	fd = file_new(path, text);
	host = host_replay_open(&config, path, error);
	assert_non_null(host);
	host->calls->call(host, &call);
	assert_string_equal(host->error, "");
	host->close(host);
	close(fd);
	assert_int_equal(address.sin_family, AF_INET);
	assert_int_equal(ntohs(address.sin_port), 4242);
	assert_int_equal(length, 16);
}

/* Family and length are in the order of the machine that recorded them, the rest is not. */
static void test_addresses_are_turned(void **state)
{
	(void)state;
	accept_of("little 12", " out0=16:02001092000000000000000000000000 out1=4:10");
	accept_of("big 16", " out0=16:00021092000000000000000000000000 out1=4:......10");
}

static void test_outputs_of_version_1_were_zero(void **state)
{
	char memory[4], error[FAULT_TEXT];

	(void)state;
	read_four("tcpclose-recording 1", " out0=4:68", OUTPUT_EMPTY, memory, error);
	assert_memory_equal(memory, "h\0\0\0", 4);
	read_four("tcpclose-recording 1", "", OUTPUT_UNSEEN, memory, error);
	assert_string_equal(error, "");
	read_four("tcpclose-recording 1", "", OUTPUT_EMPTY, memory, error);
	assert_string_equal(error, "recording line 3: it has an older version, which did not "
	                           "keep all that read writes: record it again");
}

/* ---- what is evidence only ---- */

/* It is asked where a test fails, which the one that was recorded may not have. */
static void test_moved_counters_may_be_missing(void **state)
{
	struct host *host = replay("moved counters = \"ListenDrops +1\"\n"
	                           "call close(4) = 0 0 1 2\n");
	struct host_call closing = close_of(4);
	char text[32];

	(void)state;
	assert_true(host_moved(host, text, sizeof(text)));
	assert_string_equal(text, "ListenDrops +1");
	assert_false(host_moved(host, text, sizeof(text)));
	host->calls->call(host, &closing);
	assert_int_equal(closing.end, CALL_RETURNED);
	assert_false(host_moved(host, text, sizeof(text)));
	host->close(host);
}

static void test_fates_may_be_missing(void **state)
{
	struct host *host = replay("fate injected 2 = \"dropped: TCP_FLAGS, in tcp_ack\"\n"
	                           "fate sent 1 = \"sent: NO_SOCKET\"\n");
	char text[64];

	(void)state;
	assert_true(host_fate(host, false, 2, text, sizeof(text)));
	assert_string_equal(text, "dropped: TCP_FLAGS, in tcp_ack");
	assert_false(host_fate(host, false, 1, text, sizeof(text)));
	assert_true(host_fate(host, true, 1, text, sizeof(text)));
	assert_string_equal(text, "sent: NO_SOCKET");
	host->close(host);
}

/* ---- how a call ends ---- */

static void test_call_ends(void **state)
{
	struct host *host = replay("call close(4) = -1 4 1 2 stopped\n"
	                           "begin accept(3) = pending 1 5\n"
	                           "finished 1 = died 5 7\n"
	                           "call close(4) = failed \"no thread\"\n");
	struct host_call closing = close_of(4), accept = { .name = "accept", .arguments = { 3 } };
	struct host_packet packet;

	(void)state;
	host->calls->call(host, &closing);
	assert_int_equal(closing.end, CALL_STOPPED);
	assert_int_equal(closing.error, EINTR);
	assert_true(host->calls->begin(host, &accept));
	assert_int_equal(accept.end, CALL_PENDING);
	assert_int_equal(host->wire->wait(host, START + 100, &packet), HOST_CALL);
	assert_int_equal(accept.end, CALL_DIED);
	host->calls->call(host, &closing);
	assert_int_equal(closing.end, CALL_NOT_MADE);
	assert_string_equal(host->error, "no thread");
	host->close(host);
}

/* The last two calls that a world makes: one was stopped, in the other its process died. */
static void ending_call(struct host *host, struct host_call *call)
{
	static const enum host_call_end ends[] = { CALL_STOPPED, CALL_DIED, CALL_NOT_MADE };
	struct fake_host *fake = fake_of(host);

	call->started = fake->clock += 3;
	call->result = -1;
	call->error = EINTR;
	call->ended = fake->clock += 7;
	call->end = ends[call->arguments[0]];
	snprintf(host->error, FAULT_TEXT, "nobody there");
}

static void test_call_ends_are_recorded(void **state)
{
	static const struct call_ops calls = { .call = ending_call };
	struct fake_host fake = fake_new(no_events);
	char path[PATH], text[TEXT], error[FAULT_TEXT] = "";
	int fd = file_new(path, "");
	struct host *host;

	(void)state;
	fake.host.calls = &calls;
	host = host_record_open(&fake.host, &config, path, error);
	assert_non_null(host);
	assert_null(host->calls->begin);
	assert_null(host->calls->command);
	for (int i = 0; i < 3; i++) {
		struct host_call call = close_of(i);

		host->calls->call(host, &call);
	}
	host->close(host);
	file_text(fd, text);
	close(fd);
	assert_string_equal(text, HEAD WORLD "call close() = -1 4 3 10 stopped\n"
	                                     "call close(1) = died 13 20\n"
	                                     "call close(2) = failed \"nobody there\"\n");
}

/* ---- divergence ---- */

static void ask_wait(struct host *host)
{
	struct host_packet packet;

	host->wire->wait(host, USEC_FOREVER, &packet);
}

static void ask_inject(struct host *host)
{
	struct segment segment = segment_of(TCP_SYN, 1000, 1);

	usec_t at;

	assert_false(host->wire->inject(host, &segment, &at));
}

static void ask_close(struct host *host)
{
	struct host_call call = close_of(4);

	host->calls->call(host, &call);
	assert_int_equal(call.result, -1);
	assert_int_equal(call.error, 0);
	assert_int_equal(call.end, CALL_NOT_MADE);
}

static void ask_read(struct host *host)
{
	char data[4] = "abc";
	struct host_output output = { data, 4, OUTPUT_EMPTY };
	struct host_call call = {
		.name = "read",
		.arguments = { 4, (long)data, 4 },
		.outputs = &output,
		.output_count = 1,
	};

	host->calls->call(host, &call);
	assert_int_equal(call.result, -1);
	assert_string_equal(data, "abc");
}

static void ask_begin(struct host *host)
{
	struct host_call call = { .name = "accept", .arguments = { 3 } };

	assert_false(host->calls->begin(host, &call));
}

static void ask_observe(struct host *host)
{
	struct tcp_tuple tuple = tuple_of(0);
	struct tcp_status connection;

	assert_false(host->look->observe(host, &tuple, &connection));
}

static void ask_counter(struct host *host)
{
	uint64_t value;

	assert_false(host->look->counter(host, "OutRsts", &value));
}

static void ask_signals(struct host *host)
{
	assert_int_equal(host->look->signals(host, SIGPIPE), 0);
}

static void ask_sysctl(struct host *host)
{
	char value[8];

	assert_false(host->look->sysctl(host, "net.ipv4.tcp_sack", value, sizeof(value)));
}

static void ask_command(struct host *host)
{
	assert_int_equal(host->calls->command(host, "true"), -1);
}

static const struct divergence_row {
	const char *lines;
	void (*ask)(struct host *host);
	const char *error;
} divergences[] = {
	/* clang-format off */
	{ CLOSE, ask_wait, "3: call close(4), but the harness waits" },
	{ "now 5\n", ask_wait, "3: the end, but the harness waits" },
	{ "", ask_wait, "2: the end, but the harness waits" },
	{ "packet 1 40 " FIN "\n", ask_close, "4: the end, but the harness asks call close(4)" },
	{ CLOSE, ask_inject,
	  "3: call close(4), but the harness asks inject S 1000:1000(0) win 257" },
	{ "inject " FIN "= 4\n", ask_inject, NULL },
	{ "inject " ADDRESSES "000000010000000150110101fc03 = 4\n", ask_inject,
	  "3: inject F. 1:1(0) ack 1 win 257, but the harness asks inject S 1000:1000(0) win 257" },
	{ "inject " ADDRESSES "000003e80000000150020101f82c = 4\n", ask_inject,
	  "3: inject S 1000:1000(0) win 257, but the harness asks it with another byte 37" },
	{ "inject nonsense = 4\n", ask_inject,
	  "3: inject nonsense, but the harness asks inject S 1000:1000(0) win 257" },
	{ "call close(5) = 0 0 1 2\n", ask_close, "3: call close(5), but the harness asks call close(4)" },
	{ "begin close(4) = 0 0 1 2\n", ask_close,
	  "3: begin close(4), but the harness asks call close(4)" },
	{ "call read(4,*,4) = 9 0 1 2 out0=9:\n", ask_read,
	  "3: read changes 9 bytes of memory, but the harness has room for 4" },
	{ "call read(4,*,4) = 9 0 1 2 out1=4:\n", ask_read,
	  "3: read changes 4 bytes of memory, but the harness has room for 0" },
	{ CLOSE, ask_begin, "3: call close(4), but the harness asks begin accept(3)" },
	{ "finished 1 = 0 0 1 2\n", ask_wait, "3: no call 1 is under way" },
	{ CLOSE, ask_observe,
	  "3: call close(4), but the harness asks observe 192.168.0.1 8080 192.0.2.1 0" },
	{ "counter InRsts = 1\n", ask_counter,
	  "3: counter InRsts, but the harness asks counter OutRsts" },
	{ "signals 1 = 1\n", ask_signals, "3: signals 1, but the harness asks signals 13" },
	{ CLOSE, ask_sysctl, "3: call close(4), but the harness asks sysctl net.ipv4.tcp_sack" },
	{ "command \"1234567890123456789012345678901234567890123456789012345678901234567890123456789"
	  "012345678901234567890\" = 0\n", ask_command,
	  "3: command \"1234567890123456789012345678901234567890123456789012345678901234567890123456789"
	  "..., but the harness asks command \"true\"" },
	/* clang-format on */
};

static void test_divergence(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(divergences) / sizeof(divergences[0]); i++) {
		const struct divergence_row *row = &divergences[i];
		char error[FAULT_TEXT], wanted[FAULT_TEXT];
		struct host *host = replay_open(row->lines, error);
		struct host_packet packet;

		if (!row->error) {
			assert_null(host);
			continue;
		}
		assert_non_null(host);
		row->ask(host);
		snprintf(wanted, sizeof(wanted), "recording line %s", row->error);
		assert_string_equal(host->error, wanted);
		/* It stays so, with the first reason. */
		assert_int_equal(host->wire->wait(host, 0, &packet), HOST_BROKEN);
		ask_close(host);
		ask_command(host);
		assert_string_equal(host->error, wanted);
		host->close(host);
	}
}

/* ---- malformed recordings ---- */

static const char *const malformed[][2] = {
	{ "hello 1\n", "a line cannot begin with 'hello'" },
	{ "packets 1\n", "a line cannot begin with 'packets'" },
	{ "now\n", "the time is missing" },
	{ "now soon\n", "the time is not a number: 'soon'" },
	{ "now 1x\n", "the time is not a number: '1x'" },
	{ "now 99999999999999999999\n", "the time is not a number: '99999999999999999999'" },
	{ "now 999999999999999999\n", "the time is out of range: 999999999999999999" },
	{ "now 1 2\n", "'2' has no meaning here" },
	{ "now 1 asked\n", "the number of questions is missing" },
	{ "stopped 1 2\n", "the line should end before '2'" },
	{ "broken 1\n", "a text in quotation marks is missing" },
	{ "broken 1 \"a\n", "the text has no end" },
	{ "broken 1 \"a\\\n", "the text has a wrong escape" },
	{ "broken 1 \"\\x0\"\n", "the text has a wrong escape" },
	{ "broken 1 \"\\x00\"\n", "the text has a wrong escape" },
	{ "packet 1 40\n", "the bytes are missing" },
	{ "packet 1 40 4500\n", "'4500' is not of the form SIZE:HEX" },
	{ "packet 1 40 2:450\n", "'2:450' is not of the form SIZE:HEX" },
	{ "packet 1 40 1:4500\n", "'1:4500' is not of the form SIZE:HEX" },
	{ "packet 1 40 -1:\n", "'-1:' is not of the form SIZE:HEX" },
	{ "packet 1 40 99999999999999999999:\n",
	  "'99999999999999999999:' is not of the form SIZE:HEX" },
	{ "packet 1 4 5:\n", "there are more bytes than there were on the wire" },
	{ "packet 1 2000000 2000000:\n", "a packet has at most 1048576 bytes" },
	{ "packet 1 5000000000 1:\n", "the length on the wire is out of range: 5000000000" },
	{ "packet 1 4 4: bad\n", "behind \"bad\" stands checksum or ip-checksum" },
	{ "packet 1 4 4: seen\n", "the time at which it was seen is missing" },
	{ "packet 1 4 4: late\n", "'late' has no meaning here" },
	{ "finished\n", "the number of the call is missing" },
	{ "finished 0 = 0 0 1 2\n", "the number of the call is out of range: 0" },
	{ "finished 1 0 0 1 2\n", "'=' is missing" },
	{ "finished 1 = 0 0 1 2 bad checksum\n", "'bad' has no meaning here" },
	{ "inject 40:\n", "'=' and the answer are missing" },
	{ "inject 40: =\n", "the time is missing" },
	{ "inject 40: = failed\n", "a text in quotation marks is missing" },
	{ "call close(3) = fialed \"x\"\n", "the result is not a number: 'fialed'" },
	{ "call close(3) = 0\n", "the errno is missing" },
	{ "call close(3) = 0 5000 1 2\n", "the errno is out of range: 5000" },
	{ "call close(3) = 0 0 1\n", "the time of the end is missing" },
	{ "call close(3) = 0 0 1 2 out\n", "memory is written out0= to out4095=, without blanks" },
	{ "call close(3) = 0 0 1 2 out4096=1:\n",
	  "memory is written out0= to out4095=, without blanks" },
	{ "call close(3) = 0 0 1 2 out0=1\n", "'1' is not of the form SIZE:HEX" },
	{ "begin close(3) = pending\n", "the number of the call is missing" },
	{ "begin close(3) = pending 1\n", "the time of the start is missing" },
	{ "command \"a = b\"\n", "'=' and the answer are missing" },
	{ "command \"a\" = 4294967296\n", "the wait status is out of range: 4294967296" },
	{ "observe a =\n", "'' is not a state" },
	{ "observe a = ESTABLISHED\n", "'' is not a timer" },
	{ "observe a = ESTABLISHED none 0 0 0 -1 0 0\n", "the send queue is out of range: -1" },
	{ "observe a = ESTABLISHED none 0 0 0 0 0\n", "the inode is missing" },
	{ "sysctl a = 1\n", "a text in quotation marks is missing" },
};

static void test_malformed(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(malformed) / sizeof(malformed[0]); i++) {
		char error[FAULT_TEXT], wanted[FAULT_TEXT];

		assert_null(replay_open(malformed[i][0], error));
		snprintf(wanted, sizeof(wanted), "recording line 3: %s", malformed[i][1]);
		assert_string_equal(error, wanted);
	}
}

static void test_no_recording(void **state)
{
	static const char *const rows[][2] = {
		{ "",
		  "recording line 0: this is not a recording: 'tcpclose-recording' is missing" },
		{ "# a\nhello\n",
		  "recording line 2: this is not a recording: 'tcpclose-recording' is missing" },
		{ "tcpclose-recording 3\n", "recording line 1: the version is out of range: 3" },
		{ "tcpclose-recording 1\n",
		  "recording line 1: this is not a recording: 'start' is missing" },
		{ "tcpclose-recording 1\nstart -1\n",
		  "recording line 2: the time is out of range: -1" },
	};
	char error[FAULT_TEXT];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char path[PATH];
		int fd = file_new(path, rows[i][0]);

		assert_null(host_replay_open(&config, path, error));
		assert_string_equal(error, rows[i][1]);
		close(fd);
	}
	assert_null(host_replay_open(&config, "/nonexistent/x", error));
	assert_non_null(strstr(error, "recording /nonexistent/x: "));
}

/* ---- the recorder's own troubles ---- */

static void test_recording_cannot_be_opened(void **state)
{
	struct fake_host fake = fake_new(no_events);
	char error[FAULT_TEXT];

	(void)state;
	assert_null(host_record_open(&fake.host, &config, "/nonexistent/x", error));
	assert_string_equal(error, "recording /nonexistent/x: No such file or directory");
	assert_false(fake.closed);
}

static void test_recording_cannot_be_written(void **state)
{
	struct fake_host fake = fake_new(no_events);
	char error[FAULT_TEXT], lost[FAULT_TEXT] = "";
	struct host_config told = config;
	struct host *host;
	struct host_packet packet;

	(void)state;
	told.lost = lost;
	host = host_record_open(&fake.host, &told, "/dev/full", error);
	assert_non_null(host);
	assert_int_equal(host->wire->wait(host, START, &packet), HOST_TIME);
	assert_string_equal(lost, "cannot write /dev/full: No space left on device");
	host->close(host);
	assert_true(fake.closed);
}

/* ---- any text at all ---- */

static uint32_t random_next(uint32_t *seed)
{
	*seed = *seed * 1664525 + 1013904223;
	return *seed >> 8;
}

static void mutate(char *text, uint32_t *seed)
{
	static const char bytes[] = "0123456789 \n\"\\=:.#-x";
	size_t length = strlen(text);

	for (uint32_t n = 1 + random_next(seed) % 4; n > 0; n--) {
		size_t at = random_next(seed) % length, span = random_next(seed) % 16;

		if (random_next(seed) % 4)
			text[at] = bytes[random_next(seed) % (sizeof(bytes) - 1)];
		else if (at + span < length)
			memmove(text + at, text + at + span, strlen(text + at + span) + 1);
		length = strlen(text);
	}
}

static void test_any_text(void **state)
{
	uint32_t seed = 1;
	unsigned played = 0;

	(void)state;
	for (int i = 0; i < 2000; i++) {
		char text[TEXT], heard[TEXT], error[FAULT_TEXT];
		struct host *host;
		FILE *log;

		memcpy(text, golden + strlen(HEAD), sizeof(golden) - strlen(HEAD));
		mutate(text, &seed);
		host = replay_open(text, error);
		if (!host)
			continue;
		log_begin(&log, heard);
		play(host, log);
		fclose(log);
		host->close(host);
		played++;
	}
	assert_in_range(played, 200, 1999);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		/* clang-format off */
		cmocka_unit_test(test_recording_is_text),
		cmocka_unit_test(test_replay_gives_the_same_answers),
		cmocka_unit_test(test_unedited),
		cmocka_unit_test(test_packet_deleted),
		cmocka_unit_test(test_packet_changed),
		cmocka_unit_test(test_packet_late),
		cmocka_unit_test(test_all_slips_with_a_late_question),
		cmocka_unit_test(test_result_changed),
		cmocka_unit_test(test_looked_at_again),
		cmocka_unit_test(test_unfinished_line_does_not_count),
		cmocka_unit_test(test_races),
		cmocka_unit_test(test_clock),
		cmocka_unit_test(test_world),
		cmocka_unit_test(test_now_is_no_question),
		cmocka_unit_test(test_outputs_are_poisoned),
		cmocka_unit_test(test_addresses_are_turned),
		cmocka_unit_test(test_outputs_of_version_1_were_zero),
		cmocka_unit_test(test_moved_counters_may_be_missing),
		cmocka_unit_test(test_fates_may_be_missing),
		cmocka_unit_test(test_call_ends),
		cmocka_unit_test(test_call_ends_are_recorded),
		cmocka_unit_test(test_divergence),
		cmocka_unit_test(test_malformed),
		cmocka_unit_test(test_no_recording),
		cmocka_unit_test(test_recording_cannot_be_opened),
		cmocka_unit_test(test_recording_cannot_be_written),
		cmocka_unit_test(test_any_text),
		/* clang-format on */
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

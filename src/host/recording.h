/*
 * The text of a recording: what a world was asked, and what it answered. Each has a line, which may
 * be read and edited by hand; '#' begins a comment. Times are microseconds since `start`.
 *
 *   tcpclose-recording 2
 *   start 1700000000000123                           CLOCK_REALTIME
 *   world 192.168.0.2/16 > 192.0.2.1/24 by 192.168.0.1, mtu 1400   recorded_world.h; may be missing
 *   stack lwIP 2.1.3                                 a stack, and no Linux; may be missing
 *   stateless stack Other                            the same, of one that shows no states
 *   memory big 16                                    recording_memory() of the machine; "little 12"
 *
 * A question as it was asked, '=', and the answer, in place of which failed "sentence" may stand:
 *   inject 40:45000028... = 410
 *   call read(4,*,1000) = 5 0 420 421 out0=1000:68656c6c6f     result, errno, started, ended
 *   call pause() = -1 4 422 9000 stopped             a signal that ends the run came meanwhile
 *   begin accept(3,*,*) = pending 1 430              the first of the calls that went to sleep
 *   observe 192.168.0.1 8080 192.0.2.1 4242 = FIN_WAIT_2 timewait 60000000 0 0 0 0 1234
 *           state, timer, microseconds left, retransmits, receive and send queue, uid, inode
 *   moved counters = "ListenDrops +1"                asked only when a test failed
 *   counter TCPAbortOnData = 1     signals 13 = 1     sysctl net.ipv4.tcp_sack = "1"
 *   command "ip route" = 0                           wait status; it is not run again
 *
 * What came by itself:
 *   packet 470 40 40:45000028... bad checksum        wire length, bytes; also: bad ip-checksum
 *   finished 1 = 5 0 430 480 out1=16:02..1f90        the call that was "pending 1"
 *   finished 2 = died 430 480                        its process ended in it
 *   ended 490 1 32512                                process (from 1), wait status
 *   stopped 500     broken 510 "sentence"
 *   now 520 asked 3         when the clock was asked for the third time since the line before
 *
 * Bytes are SIZE:HEX; what is missing at the end is zero. Of a call's memory (out0 is the first of
 * all that it can write) only what the call changed is there: ".." and what is missing is as it
 * was, which is the poison of host_call.h where the call was given nothing. (In version 1 it was
 * zero there, and of several buffers only the first was kept.) In a question, an argument that may
 * be a pointer is '*'. Checksums are not looked at again: change a
 * byte and the packet is still good, unless "bad checksum" stands behind it. "seen T" behind
 * packet, finished or ended: it was there for a wait until T, other than its own time says.
 */
#ifndef TCPCLOSE_HOST_RECORDING_H
#define TCPCLOSE_HOST_RECORDING_H

#include "base/arena.h"
#include "host/blob.h"
#include "host/question.h"

/* What comes by itself comes first; then what is asked. */
enum line_kind {
	LINE_NOW,
	LINE_PACKET,
	LINE_FINISHED,
	LINE_ENDED,
	LINE_STOPPED,
	LINE_BROKEN,
	LINE_CALL,
	LINE_BEGIN,
	LINE_QUESTION, /* see question.h */
};

enum {
	RECORDING_PACKET_MAX = 1 << 20, /* bytes of a packet */
	RECORDING_OUTPUTS = 4096,       /* of a call: IOV_MAX, and a few more */
};

/* What a call wrote into one of its outputs. */
struct line_output {
	struct line_output *next;
	unsigned index;
	struct blob blob;
};

struct line {
	struct line *next;
	enum line_kind kind;
	unsigned number; /* its place in the file, from 1 */
	bool played;
	const char *question; /* the text before the '='; NULL: the line comes by itself */
	const struct question_row *row; /* LINE_QUESTION */
	struct answer answer;           /* LINE_QUESTION, unless it failed */
	const char *text;               /* LINE_BROKEN; when `failed` is set, the sentence */
	bool failed;
	usec_t at;   /* started of CALL and BEGIN; all that comes by itself */
	usec_t seen; /* of what comes by itself: a wait until then finds it */
	long result; /* CALL, BEGIN, FINISHED, with what follows; ENDED: the wait status */
	int error;
	enum host_call_end end;
	usec_t started, ended;
	struct line_output *outputs;
	unsigned id;       /* FINISHED, and BEGIN when it is pending; the process of ENDED; or 0 */
	unsigned asked;    /* NOW */
	struct blob bytes; /* PACKET */
	size_t wire_length;
	unsigned fixed; /* PACKET: FIXED_CHECKSUM, FIXED_IP_CHECKSUM */
};

struct recording {
	unsigned version;
	usec_t start;
	const char *world;  /* see recorded_world.h; NULL: the recording says nothing about it */
	const char *stack;  /* the name of the stack that it is of; NULL: it is of Linux */
	bool stateless;     /* that stack shows no states */
	const char *memory; /* recording_memory() of the machine that made it */
	struct line *lines; /* their times are CLOCK_REALTIME again */
	unsigned last;      /* the number of the file's last line */
};

#define RECORDING_HEAD "tcpclose-recording"
enum { RECORDING_OLDEST = 1, RECORDING_VERSION = 2 };

/* No time in a recording is further from its start, and the start is not further from 1970. */
#define RECORDING_TIME_MAX ((usec_t)100000000000000000)

/*
 * How this machine lays out what calls write, where machines differ: the order of bytes, and the
 * size of struct epoll_event. What most have is RECORDING_USUAL_MEMORY, which recordings leave out.
 */
const char *recording_memory(void);
#define RECORDING_USUAL_MEMORY "little 12"

/*
 * Reads and checks a whole recording. A last line without a newline, as a run leaves it that was
 * killed, is ignored. Returns false and sets `error` to the reason with the line.
 */
bool recording_read(struct recording *recording, struct arena *arena, const char *path,
                    char error[FAULT_TEXT]);

/* The word with which a line of this kind begins. Not for LINE_QUESTION. */
const char *line_name(enum line_kind kind);

/* Writes the question of a LINE_CALL or LINE_BEGIN, as it stands before " = ". */
void line_call_write(FILE *out, enum line_kind kind, const struct host_call *call);

#endif

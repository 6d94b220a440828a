/*
 * The packets that a stack sends. A thread waits for them in netdev_receive(),
 * which may take any time, and keeps them until they are asked for.
 */
#ifndef TCPCLOSE_STACKS_STACK_WIRE_H
#define TCPCLOSE_STACKS_STACK_WIRE_H

#include <stdbool.h>

#include "host/host.h"
#include "stacks/stack.h"

struct stack_wire;

/*
 * wake_fd is an eventfd(2) that is written to when a packet comes. `driven`: there is no thread,
 * and netdev_receive() does not wait. NULL: errno says why.
 */
struct stack_wire *stack_wire_open(const struct packetdrill_interface *stack, int wake_fd,
                                   bool driven);

/*
 * Takes the next packet, in the order in which they came. What it points to stays valid until the
 * next call. Returns false when there is none.
 */
bool stack_wire_next(struct stack_wire *wire, struct host_packet *packet);

/*
 * Ends the thread. Returns false when it does not return from netdev_receive(). Then the thread and
 * the stack must be left alone until the process ends.
 */
bool stack_wire_close(struct stack_wire *wire);

#endif

/* Every TCP socket of the namespace, for the reader of a failure. */
#ifndef TCPCLOSE_KERNEL_SOCKETS_H
#define TCPCLOSE_KERNEL_SOCKETS_H

#include <stdio.h>

/*
 * A line for each, also for those without descriptor: state, ends, queues, timer, and what
 * tcp_info(7) has of the sending side. When the kernel does not answer, why.
 */
void sockets_print(FILE *out);

#endif

// The Java server of the first document: it reads until the end of the stream, and goes on writing
// then. It ends with the number of writes that succeeded plus 10 when a write fails, and with 2 when
// reading does. The same as tests/programs/slow-reader.c.
//
//     java Server.java PORT
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;

public class Server {
	public static void main(String[] args) throws Exception {
		ServerSocket server = new ServerSocket(Integer.parseInt(args[0]));
		Socket client = server.accept();
		server.close();
		try {
			while (client.getInputStream().read() != -1)
				;
		} catch (IOException e) {
			System.exit(2);
		}
		for (int i = 0; i < 5; i++) {
			try {
				client.getOutputStream().write("a".getBytes());
			} catch (IOException e) {
				System.exit(10 + i);
			}
			Thread.sleep(50);
		}
		client.close();
	}
}

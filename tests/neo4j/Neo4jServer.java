import java.nio.file.Path;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;

/** Neo4j Community with its Bolt server: {@code java Neo4jServer.java HOME CONFIGURATION}. Says "ready", then serves. */
public final class Neo4jServer {
  public static void main(String[] arguments) throws Exception {
    var service =
        new DatabaseManagementServiceBuilder(Path.of(arguments[0]))
            .loadPropertiesFromFile(Path.of(arguments[1]))
            .build();
    Runtime.getRuntime().addShutdownHook(new Thread(service::shutdown));
    System.out.println("ready " + service.listDatabases());
    // Whoever started us holds the other end of this pipe: when that process dies, however it dies, we go too.
    while (System.in.read() >= 0) {}
    System.exit(0);
  }
}

"""What every command needs: settings, wiring, clock, files, output. Imports all other rooms."""

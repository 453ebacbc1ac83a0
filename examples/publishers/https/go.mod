module ancrage.example/publish

go 1.24
